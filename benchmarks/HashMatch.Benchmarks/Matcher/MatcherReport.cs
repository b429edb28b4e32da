using System.Diagnostics;
using HashMatch.Load;
using HashMatch.Matching;

namespace HashMatch.Benchmarks.Matcher;

/// <summary>The report: index and plain scan in turn in every round, then their answers compared.</summary>
internal sealed class MatcherReport
{
    private const int MostVerified = 4096;
    private const int MostMatchesAtOnce = 20_000_000;

    private static readonly TimeSpan VerifyTime = TimeSpan.FromSeconds(5);

    private readonly MatcherQuestion _question;
    private readonly Progress _progress;
    private readonly HashList _list;
    private readonly List<BatchMatch> _expected = [];
    private int _verified;

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
        Expect();
        using var built = BuiltIndex.Build(_list.Rows, _progress);
        Contender[] contenders =
        [
            Contend(() => new ScanEngine(_list.Rows)),
            Contend(() => new SingleEngine(built.Index)),
            Contend(() => new BatchEngine(built.Index, _question.Batch)),
            .. _question.Threads > 1 ? [Contend(() => new ComputeEngine())] : Array.Empty<Contender>(),
        ];
        Measure(contenders);

        _progress.Say($"Comparing the answers to {_verified:N0} queries");
        Exactness single = Verify(new SingleEngine(built.Index), _expected);
        Exactness batch = Verify(new BatchEngine(built.Index, _question.Batch), _expected);
        var changes = Changes.Make(built.Index, _list, _progress);
        _expected.Clear();
        ExpectWith(changes.Expect);
        single += Verify(new SingleEngine(built.Index), _expected);
        batch += Verify(new BatchEngine(built.Index, _question.Batch), _expected);

        Contender? compute = contenders.ElementAtOrDefault(3);
        EngineLine index = Line(contenders[1], contenders[0], compute) with
        {
            BytesPerHash = built.BytesPerHash,
            BuildUsPerHash = built.ProcessorPerHash,
            BuildSeconds = built.WallSeconds,
            InsertUs = changes.InsertProcessor,
            RemoveUs = changes.RemoveProcessor,
        };
        EngineLine inBatches = index.WithSpeedOf(Line(contenders[2], contenders[0], compute));
        return
        [
            Line(contenders[0], contenders[0], compute) with { BytesPerHash = Hash256.ByteCount },
            index.WithExactness(single),
            inBatches.WithExactness(batch),
        ];
    }

    private Contender Contend(Func<Engine> create) =>
        new(create, _question.Threads, _list.Queries, _question.Distance);

    // As many queries as there is time for, since the plain scan of a long list is slow.
    private void Expect()
    {
        var elapsed = Stopwatch.StartNew();
        _progress.Say($"Asking the plain scan");
        while (_verified < Math.Min(MostVerified, _list.Queries.Length)
            && (_verified % 2 != 0 || elapsed.Elapsed < VerifyTime)
            && _expected.Count < MostMatchesAtOnce)
        {
            ScalarScan.Search(
                _list.Rows, 0, _list.Queries[_verified], _question.Distance, _verified, _expected);
            _verified++;
        }

        if ((double)_expected.Count / _verified * _question.Batch > MostMatchesAtOnce)
        {
            throw new MatcherFailure(
                "At this distance nearly everything is a match, more than memory should hold. Take a smaller --batch.");
        }
    }

    private void ExpectWith(Action<Hash256, int, int, List<BatchMatch>> search)
    {
        for (int query = 0; query < _verified; query++)
        {
            search(_list.Queries[query], _question.Distance, query, _expected);
        }
    }

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

    private Exactness Verify(Engine engine, List<BatchMatch> expected)
    {
        var found = new List<BatchMatch>(expected.Count);
        for (int query = 0; query < _verified; query += engine.Step)
        {
            int step = Math.Min(engine.Step, _verified - query);
            engine.Search(_list.Queries.AsSpan(query, step), _question.Distance);
            engine.CopyTo(query, found);
        }

        return Exactness.Compare(_verified, expected, found);
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
