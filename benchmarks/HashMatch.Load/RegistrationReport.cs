using System.CommandLine;
using System.Globalization;
using HashMatch.Client;
using HashMatch.Matching;
using HashMatch.Protocol;

namespace HashMatch.Load;

/// <summary>
/// <c>registrations</c>: how many cases a second become durable, beside how often the same disk can sync.
/// </summary>
internal static class RegistrationReport
{
    private const int HashesPerCase = 10;

    private static readonly TimeSpan WarmUpTime = TimeSpan.FromSeconds(10);

    public static Command Create()
    {
        var seconds = new Option<double>("--seconds")
        {
            Description = "How long each measurement takes.",
            DefaultValueFactory = _ => 3,
        };
        var rounds = new Option<int>("--rounds")
        {
            Description = "Rounds of each.",
            DefaultValueFactory = _ => 3,
        };
        var registrars = new Option<int[]>("--registrars")
        {
            Description = "How many register at once.",
            DefaultValueFactory = _ => [1, 8, 64],
            AllowMultipleArgumentsPerToken = true,
        };
        var postgres = new Option<string?>("--postgres")
        {
            Description = "A connection string: measure on this database of PostgreSQL, and not on SQLite.",
        };
        var folder = new Option<DirectoryInfo>("--folder")
        {
            Description = "On the disk that is meant; the database's own for PostgreSQL.",
            DefaultValueFactory = _ => new DirectoryInfo(AppContext.BaseDirectory),
        };
        var command = new Command(
            "registrations",
            $"Measures how many cases of {HashesPerCase} hashes are registered a second, beside the disk's own syncs.")
        {
            seconds,
            rounds,
            registrars,
            postgres,
            folder,
        };
        command.SetAction(async parsed =>
        {
            try
            {
                await RunAsync(
                    TimeSpan.FromSeconds(parsed.GetValue(seconds)),
                    parsed.GetValue(rounds),
                    parsed.GetValue(registrars)!,
                    parsed.GetValue(postgres),
                    parsed.GetValue(folder)!.FullName);
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

    private static async Task RunAsync(
        TimeSpan time, int rounds, int[] numbersOfRegistrars, string? postgres, string disk)
    {
        using var folder = new TemporaryFolder(disk);
        await using ServerProcess service = await ServerProcess.StartServiceAsync(folder.New("service"), postgres);
        string file = Path.Combine(folder.Path, "syncs");

        // Until the runtime has compiled the service's code as well as it can.
        await RegisterAsync(service.Address, numbersOfRegistrars.Max(), WarmUpTime);

        Console.WriteLine(
            $"""
            {(postgres is null ? "SQLite" : "PostgreSQL")}: cases of {HashesPerCase} hashes, client to answer over gRPC.
            The disk: 4 KiB appended and synced (fdatasync), one after the other, before each round and after it.
            CPU: the processor time of the service, which other work on the machine hardly changes.

            registrars  cases/s  disk syncs/s   share  CPU us/case  syncs/case
            """);
        foreach (int registrars in numbersOfRegistrars)
        {
            var cases = new List<double>();
            var syncs = new List<double>();
            var processor = new List<double>();
            for (int round = 0; round < rounds; round++)
            {
                double before = DiskSyncs.Measure(file, time / 3);
                TimeSpan used = service.ProcessorTime;
                cases.Add(await RegisterAsync(service.Address, registrars, time));
                used = service.ProcessorTime - used;
                processor.Add(used.TotalMicroseconds / (cases[^1] * time.TotalSeconds));
                syncs.Add((before + DiskSyncs.Measure(file, time / 3)) / 2);
            }

            // Apart from the figures before, for to be watched takes time.
            string perCase = postgres is null ? await SyncsPerCaseAsync(service, registrars, time) : "-";
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{registrars,10}{Median.Of(cases),9:N0}{Median.Of(syncs),14:N0}"
                + $"{Median.Of(cases.Zip(syncs, (ours, theirs) => ours / theirs)),8:F2}"
                + $"{Median.Of(processor),13:N0}{perCase,12}"));
        }
    }

    private static async Task<string> SyncsPerCaseAsync(ServerProcess service, int registrars, TimeSpan time)
    {
        await using SyncCount? count = await SyncCount.BeginAsync(service.Id);
        if (count is null)
        {
            return "no strace";
        }

        double rate = await RegisterAsync(service.Address, registrars, time);
        int syncs = await count.EndAsync();
        return (syncs / (rate * time.TotalSeconds)).ToString("F3", CultureInfo.InvariantCulture);
    }

    // Each registrar with a connection of its own, like as many persons. Gives the cases a second.
    private static async Task<double> RegisterAsync(Uri address, int registrars, TimeSpan time)
    {
        using var end = new CancellationTokenSource(time);
        int[] counts = await Task.WhenAll(Enumerable.Range(0, registrars).Select(_ => Task.Run(async () =>
        {
            using var client = new CaseClient(address);
            int count = 0;
            while (!end.IsCancellationRequested)
            {
                await foreach (PictureReceipt receipt in client.RegisterAsync(
                    CaseKey.Create(), AgeGroup.Adult, Pictures()))
                {
                    if (receipt.Number == 0)
                    {
                        throw new LoadFailure("The service refused a picture.");
                    }
                }

                count++;
            }

            return count;
        })));
        return counts.Sum() / time.TotalSeconds;
    }

    // Half of the bits are set, as in hashes of pictures.
    private static List<IReadOnlyList<Hashing.Fingerprint>> Pictures() =>
    [
        .. Enumerable.Range(0, HashesPerCase).Select(_ =>
        {
            ulong one = (ulong)Random.Shared.NextInt64();
            ulong other = (ulong)Random.Shared.NextInt64();
            return (Hashing.Fingerprint[])[new Hashing.Fingerprint(new Hash256(one, other, ~one, ~other), 100)];
        }),
    ];
}
