using HashMatch.Load;
using HashMatch.Matching;

namespace HashMatch.Benchmarks.Matcher;

/// <summary>The report: index and plain scan in turn in every round, then their answers compared.</summary>
internal sealed class MatcherReport
{
    private const int MostMatchesAtOnce = 20_000_000;

    private readonly MatcherQuestion _question;
    private readonly Progress _progress;
    private readonly HashList _list;

    private MatcherReport(MatcherQuestion question, HashList list, Progress progress)
    {
        _question = question;
        _list = list;
        _progress = progress;
    }

    /// <summary>Makes it: the plain scan first, then the index alone and in batches.</summary>
    /// <exception cref="MatcherFailure">It cannot be made.</exception>
    public static List<EngineLine> Run(MatcherQuestion question, Progress progress)
    {
        HashList list = HashList.Of(question, progress);
        return new MatcherReport(question, list, progress).Run();
    }

    private List<EngineLine> Run()
    {
        _progress.Say($"Asking the plain scan");
        Expectation expected = Expect((query, distance, number, matches) =>
            ScalarScan.Search(_list.Rows, 0, query, distance, number, matches));
        if (expected.MatchesPerQuery * _question.Batch > MostMatchesAtOnce)
        {
            throw new MatcherFailure(
                "At this distance nearly everything is a match, more than memory should hold. Take a smaller --batch.");
        }

        using var built = BuiltIndex.Build(_list.Rows, _question.Rest, _progress);
        Contender[] contenders =
        [
            Contend(() => new ScanEngine(_list.Rows)),
            Contend(() => new SingleEngine(built.Index)),
            Contend(() => new BatchEngine(built.Index, _question.Batch)),
            .. _question.Threads > 1 ? [Contend(() => new ComputeEngine())] : Array.Empty<Contender>(),
        ];
        Measure(contenders);

        _progress.Say($"Comparing the answers to {expected.Queries:N0} queries");
        Exactness single = expected.Verify(new SingleEngine(built.Index));
        Exactness batch = expected.Verify(new BatchEngine(built.Index, _question.Batch));
        var changes = Changes.Make(built.Index, _list, _question.Rest, _progress);
        expected = Expect(changes.Expect);
        single += expected.Verify(new SingleEngine(built.Index));
        batch += expected.Verify(new BatchEngine(built.Index, _question.Batch));

        Contender? compute = contenders.ElementAtOrDefault(3);
        EngineLine index = Line(contenders[1], contenders[0], compute) with
        {
            BytesPerHash = built.BytesPerHash,
            BuildUsPerHash = built.ProcessorPerHash,
            BuildSeconds = built.WallSeconds,
            InsertUs = changes.InsertProcessor,
            RemoveUs = changes.RemoveProcessor,
            RestCpuSeconds = changes.RestProcessorSeconds,
        };
        EngineLine inBatches = index.WithSpeedOf(Line(contenders[2], contenders[0], compute));
        return
        [
            Line(contenders[0], contenders[0], compute) with { BytesPerHash = Hash256.ByteCount },
            index.WithExactness(single),
            inBatches.WithExactness(batch),
        ];
    }

    private Expectation Expect(Action<Hash256, int, int, List<BatchMatch>> search) =>
        new(_list.Queries, _question.Distance, search);

    private Contender Contend(Func<Engine> create) =>
        new(create, _question.Threads, _list.Queries, _question.Distance);

    private void Measure(Contender[] contenders)
    {
        _progress.Say($"Warming up");
        foreach (Contender contender in contenders)
        {
            contender.WarmUp(_question.RoundTime);
        }

        for (int round = 1; round <= _question.Rounds; round++)
        {
            _progress.Say($"Round {round} of {_question.Rounds}");

            // Who comes first changes too: the machine may grow slower, or faster, within a round.
            foreach (Contender contender in round % 2 == 1 ? contenders : contenders.AsEnumerable().Reverse())
            {
                contender.RunRound(_question.RoundTime);
            }
        }
    }

    private EngineLine Line(Contender contender, Contender scan, Contender? compute)
    {
        List<RoundFigures> rounds = contender.Rounds;
        var ratio = Spread.OfRatios(
            [.. scan.Rounds.Select(round => round.Processor)], [.. rounds.Select(round => round.Processor)]);
        var line = new EngineLine
        {
            Engine = contender.Name,
            Set = _list.Name,
            Size = _list.Rows.Length,
            Distance = _question.Distance,
            Threads = _question.Threads,
            Batch = contender.Name == BatchEngine.EngineName ? Math.Min(_question.Batch, _list.Queries.Length) : 1,
            Rounds = _question.Rounds,
            CpuUsPerQuery = Median.Of(rounds.Select(round => round.Processor)),
            WallUsPerQuery = Median.Of(rounds.Select(round => round.Wall)),
            QueriesPerSecond = Median.Of(rounds.Select(round => round.Rate)),
            Ratio = ratio.Median,
            RatioMin = ratio.Min,
            RatioMax = ratio.Max,
            Processor = Machine.Processor,
            Runtime = Machine.Runtime,
        };
        return compute is null
            ? line
            : line with
            {
                Scaling = Median.Of(Rates(contender)),
                ScalingToCompute = Spread.OfRatios(Rates(contender), Rates(compute)).Median,
                CpuScalingToCompute = Spread.OfRatios(Times(contender), Times(compute)).Median,
            };
    }

    private static double[] Rates(Contender contender) =>
        [.. contender.Rounds.Zip(contender.SingleThreadRounds, (all, one) => all.Rate / one.Rate)];

    private static double[] Times(Contender contender) =>
        [.. contender.Rounds.Zip(contender.SingleThreadRounds, (all, one) => one.Processor / all.Processor)];
}
