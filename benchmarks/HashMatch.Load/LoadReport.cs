using System.CommandLine;

namespace HashMatch.Load;

/// <summary>
/// The report: the service's health check against bare Kestrel that answers the same bytes, in turn, in one run.
/// </summary>
internal static class LoadReport
{
    private const string OneService = "hashmatch.v1.MatchService";
    private const int BarWidth = 40;

    public static RootCommand CreateCommand()
    {
        Option<int> calls = Count("--calls", "Calls in a round.", 100_000, H2Load.Connections);
        Option<int> rounds = Count("--rounds", "Rounds of each contender.", 9, 1);
        Option<int> warmUp = Count(
            "--warm-up", "Calls to each contender before the first round.", 200_000, H2Load.Connections);
        var command = new RootCommand(
            "Measures with h2load how many health checks a second the service answers, and bare Kestrel beside it.")
        {
            calls,
            rounds,
            warmUp,
        };
        command.SetAction(async parsed =>
        {
            try
            {
                await RunAsync(parsed.GetValue(calls), parsed.GetValue(rounds), parsed.GetValue(warmUp));
                return 0;
            }
            catch (LoadFailure failure)
            {
                await Console.Error.WriteLineAsync(failure.Message);
                return 1;
            }
        });
        return command;
    }

    private static async Task RunAsync(int calls, int rounds, int warmUp)
    {
        using var folder = new TemporaryFolder();
        var all = new Question("", folder.Path);

        // One service for each of the two questions: what one leaves behind would be cleared up on the other's time.
        await using ServerProcess checkedService = await ServerProcess.StartServiceAsync(folder.New("check"));
        await using ServerProcess askedService = await ServerProcess.StartServiceAsync(folder.New("of-one"));
        await using ServerProcess bare = await ServerProcess.StartBareAsync();
        Contender[] contenders =
        [
            new("bare", bare, all),
            new("check", checkedService, all),
            new("of one", askedService, new Question(OneService, folder.Path)),
        ];

        string answer = await CompareAsync(contenders);
        Console.WriteLine(
            $"""
            bare    Kestrel alone, which answers the same bytes
            check   the service's health check, as load balancers ask
            of one  the same for {OneService}: through all of the gRPC server

            All answer this, and a date:
            {answer}

            """);

        foreach (Contender contender in contenders)
        {
            await Console.Error.WriteLineAsync($"Warming up: {contender.Name}, {warmUp} calls ...");
            await contender.WarmUpAsync(warmUp);
        }

        await MeasureAsync(contenders, calls, rounds);

        // Whatever the load did to them, they still answer the same.
        await CompareAsync(contenders);
    }

    // What all figures rest on: no contender does less than another.
    private static async Task<string> CompareAsync(Contender[] contenders)
    {
        string expected = "";
        foreach (Contender contender in contenders)
        {
            string answer = await contender.AnswerAsync();
            expected = contender == contenders[0] ? answer : expected;
            if (answer != expected)
            {
                throw new LoadFailure($"The answers differ.\n{expected}\nand of \"{contender.Name}\":\n{answer}");
            }
        }

        return expected;
    }

    private static async Task MeasureAsync(Contender[] contenders, int calls, int rounds)
    {
        Console.WriteLine($"Calls a second, in rounds of {calls} calls, 8 connections x 16 calls at a time:");
        Console.WriteLine("round" + string.Concat(contenders.Select(contender => $"{contender.Name,10}")));
        for (int round = 1; round <= rounds; round++)
        {
            // Who comes first changes too: the machine may grow slower, or faster, within a round.
            IEnumerable<Contender> order = round % 2 == 1 ? contenders : contenders.Reverse();
            foreach (Contender contender in order)
            {
                await contender.RunRoundAsync(calls);
            }

            Console.WriteLine(
                $"{round,5}" + string.Concat(contenders.Select(contender => $"{contender.LastRound.Rate,10:N0}")));
        }

        Console.WriteLine();
        foreach (Contender contender in contenders)
        {
            Tell(contender, contenders[0]);
        }
    }

    private static void Tell(Contender contender, Contender rival)
    {
        double[] ratios = [.. contender.Rates.Zip(rival.Rates, (ours, theirs) => ours / theirs)];
        double ratio = Median.Of(ratios);
        string bar = new('#', (int)Math.Round(Math.Min(ratio, 1.5) * BarWidth));
        Console.WriteLine(
            $"{contender.Name,-7} {bar} {ratio:F3} of bare (median; {ratios.Min():F3} to {ratios.Max():F3})");
        Console.WriteLine(
            $"        {Median.Of(contender.Rates):N0} calls/s (median), {contender.MicrosecondsPerCall:F1} us of the "
            + $"server's processor time a call; last round: {contender.LastRound.MeanTime} to the answer in the mean, "
            + $"{contender.LastRound.MaxTime} at most");
    }

    private static Option<int> Count(string name, string description, int usual, int minimum)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => !int.TryParse(token.Value, out int count) || count < minimum))
            {
                result.AddError($"{name} must be a number of at least {minimum}.");
            }
        });
        return option;
    }

    private static string Bar(double ratio) => new('#', (int)Math.Round(Math.Min(ratio, 1.2) * BarWidth));
}
