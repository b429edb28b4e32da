using System.CommandLine;

namespace HashMatch.Load;

/// <summary>
/// The report: the service's health check against bare Kestrel that answers the same bytes, in turn, in one run.
/// </summary>
internal static class LoadReport
{
    private const string HealthCheck = "/grpc.health.v1.Health/Check";
    private const string Serving = "body 00000000020801";
    private const int ServingBytes = 7;
    private const int BarWidth = 40;

    public static RootCommand CreateCommand()
    {
        Option<int> calls = Count("--calls", "Calls in a round.", 100_000, H2Load.Connections);
        Option<int> rounds = Count("--rounds", "Rounds of each server.", 9, 1);
        Option<int> warmUp = Count("--warm-up", "Calls to each server before the first round.", 200_000, H2Load.Connections);
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
        var method = new LoadedMethod(HealthCheck, [], folder.Path);
        await using ServerProcess service = await ServerProcess.StartServiceAsync(folder.Path);
        await using ServerProcess bare = await ServerProcess.StartBareAsync();

        string answer = await CompareAsync(method, service, bare);
        Console.WriteLine($"Both answer this, and a date:\n{answer}\n");

        foreach (ServerProcess server in (ServerProcess[])[service, bare])
        {
            await Console.Error.WriteLineAsync($"Warming up: {server.Name}, {warmUp} calls ...");
            await method.LoadAsync(server, warmUp, ServingBytes);
        }

        await MeasureAsync(method, new Contender(service), new Contender(bare), calls, rounds);

        // Whatever the load did to them, they still answer the same.
        await CompareAsync(method, service, bare);
    }

    // The one thing that a load's figures rest on: neither server does less than the other.
    private static async Task<string> CompareAsync(LoadedMethod method, ServerProcess service, ServerProcess bare)
    {
        string ours = await method.AnswerOfAsync(service);
        string theirs = await method.AnswerOfAsync(bare);
        if (ours != theirs)
        {
            throw new LoadFailure($"The answers differ.\nThe {service.Name}:\n{ours}\n{bare.Name}:\n{theirs}");
        }

        return ours.Contains(Serving, StringComparison.Ordinal)
            && ours.Contains("trailer grpc-status: 0", StringComparison.Ordinal)
            ? ours
            : throw new LoadFailure($"The answer is not that of a service that is well:\n{ours}");
    }

    private static async Task MeasureAsync(
        LoadedMethod method, Contender service, Contender bare, int calls, int rounds)
    {
        Console.WriteLine($"{rounds} rounds of {calls} calls each, 8 connections x 16 calls at a time:");
        Console.WriteLine("round    service/s       bare/s   ratio");
        var ratios = new List<double>();
        for (int round = 1; round <= rounds; round++)
        {
            // The first of a round may be the one that a busy moment hits: take turns in that too.
            Contender[] order = round % 2 == 1 ? [service, bare] : [bare, service];
            foreach (Contender contender in order)
            {
                await contender.RunRoundAsync(method, calls, ServingBytes);
            }

            double ratio = service.Rounds[^1].Rate / bare.Rounds[^1].Rate;
            ratios.Add(ratio);
            Console.WriteLine($"{round,5} {service.Rounds[^1].Rate,12:N0} {bare.Rounds[^1].Rate,12:N0}   {ratio:F3}  {Bar(ratio)}");
        }

        Console.WriteLine($"\nmedian{service.MedianRate,12:N0} {bare.MedianRate,12:N0}");
        Console.WriteLine($"Median of the ratios: {Median.Of(ratios):F3} ({ratios.Min():F3} to {ratios.Max():F3})");
        foreach (Contender contender in (Contender[])[service, bare])
        {
            LoadResult last = contender.Rounds[^1];
            Console.WriteLine($"{contender.Server.Name}: {contender.MicrosecondsPerCall:F2} us of processor time a call; "
                + $"in the last round {last.MeanTime} from call to answer in the mean, {last.MaxTime} at most");
        }
    }

    private static Option<int> Count(string name, string description, int usual, int minimum)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < minimum)
            {
                result.AddError($"{name} must be at least {minimum}.");
            }
        });
        return option;
    }

    private static string Bar(double ratio) => new('#', (int)Math.Round(Math.Min(ratio, 1.2) * BarWidth));
}
