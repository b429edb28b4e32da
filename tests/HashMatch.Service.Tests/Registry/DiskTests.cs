using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using HashMatch.Client;
using HashMatch.Protocol;
using HashMatch.Service.Storage;
using HashMatch.Service.Tests.EndToEnd;
using HashMatch.Service.Tests.Hostile;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace HashMatch.Service.Tests.Registry;

/// <summary>What the disk is asked before the service acknowledges, and what happens when it refuses.</summary>
public sealed partial class DiskTests
{
    private const string Calls = "pwrite64,fsync,fdatasync";

    private const int Headers = 1;
    private const int FrameHead = 9;

    [GeneratedRegex(@"^\d+ +(sendmsg|sendto|write)\((?<socket>\d+)<.*?""(?<bytes>(\\x[0-9a-f]{2})+)""")]
    private static partial Regex Sending();

    // With -xx paths are in hexadecimal too: "-wal".
    [GeneratedRegex(@"^(?<thread>\d+) +pwrite64\(\d+<[^>]*(-wal|\\x2d\\x77\\x61\\x6c)>")]
    private static partial Regex LogWrite();

    [GeneratedRegex(@"^(?<thread>\d+) +(fsync|fdatasync)\(\d+<[^>]*(-wal|\\x2d\\x77\\x61\\x6c)>")]
    private static partial Regex LogSync();

    [Fact]
    public async Task Register_EachTime_SyncsTheLogAfterTheWriteAndBeforeTheAnswer()
    {
        const int Count = 20;
        using var folder = new DiskFolder();
        await using RunningService service = await RunningService.StartAsync(folder.Path);
        var address = new Uri(service.GrpcAddress);
        using var client = new CaseClient(address);
        using var platform = new MatchClient(address, service.DemoKey);
        await client.RegisterAsync(CaseKey.Create(), TestHashes.Make(0));
        await platform.MatchesAsync(TestHashes.Make(0), 1);
        await using Strace strace = await Strace.AttachAsync(
            service.Process.Id, "-y", "-xx", "-s", "99", "-e", $"trace={Calls},sendmsg,sendto,write");

        // A question after each: the sequencer is then at rest, and its own writes are not taken for the case's.
        List<bool> isRegistration = [];
        for (int i = 1; i <= Count; i++)
        {
            await client.RegisterAsync(CaseKey.Create(), TestHashes.Make(i));
            isRegistration.Add(true);
            int found;
            do
            {
                found = (await platform.MatchAsync([TestHashes.Make(i)]))[0].Matches.Count;
                isRegistration.Add(false);
            }
            while (found == 0);

            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        string[] lines = await strace.DetachAsync();
        int[] answers = [.. Answers(lines)];
        Assert.Equal(isRegistration.Count, answers.Length);
        for (int i = 0; i < answers.Length; i++)
        {
            if (isRegistration[i])
            {
                AssertSynced(lines[(i == 0 ? 0 : answers[i - 1] + 1)..answers[i]]);
            }
        }
    }

    [Fact]
    public async Task Register_ByManyAtOnce_TakesFewerSyncsThanCases()
    {
        using var folder = new DiskFolder();
        await using RunningService service = await RunningService.StartAsync(folder.Path);
        var registrars = new Registrars(32);
        await using Strace strace = await Strace.AttachAsync(service.Process.Id, "-y", "-e", "trace=fsync,fdatasync");

        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await registrars.RunAsync(new Uri(service.GrpcAddress), stopAtFailure: false, end.Token);

        int syncs = (await strace.DetachAsync()).Count(line => LogSync().IsMatch(line));
        TestContext.Current.SendDiagnosticMessage(
            $"{registrars.Acknowledged} changes, {syncs} syncs of the log, of both cases and list");
        Assert.Equal(0, registrars.Failed);
        Assert.InRange(syncs, 1, registrars.Acknowledged - 1);
    }

    [Fact]
    public async Task Disk_FailsAtTheNthCall_LosesNothingAndTheServiceComesBackByItself()
    {
        using var folder = new DiskFolder();
        RunningService service = await RunningService.StartAsync(folder.Path);
        string key = service.DemoKey;
        var registrars = new Registrars(4);
        int failures = 0;
        try
        {
            foreach ((string fault, bool restarts) in Faults())
            {
                await using (Strace strace = await Strace.AttachAsync(
                    service.Process.Id, "-e", $"trace={Calls}", "-e", "inject=" + fault))
                {
                    await RunUntilAFailureAsync(registrars, new Uri(service.GrpcAddress));
                    failures += (await strace.DetachAsync()).Count(line => line.Contains("(INJECTED)"));
                }

                if (restarts)
                {
                    await service.KillAsync();
                    await service.DisposeAsync();
                    service = await RunningService.StartAsync(folder.Path);
                }

                await AssertComesBackAsync(registrars, service, key);
            }
        }
        finally
        {
            await service.DisposeAsync();
        }

        Assert.InRange(failures, 20, int.MaxValue);
        Assert.InRange(registrars.Failed, 10, int.MaxValue);
        await AssertCleanAsync(folder.Path, registrars);
    }

    [Fact]
    public async Task Disk_Full_RefusesAndGoesOnOnceThereIsRoom()
    {
        using var folder = new DiskFolder();
        Assert.SkipUnless(
            await RunAsync("mount", "-t", "tmpfs", "-o", "size=4m", "hashmatch-test", folder.Path) == 0,
            "Only root may mount a small disk to fill; that each call fails as on a full one is tested beside this.");
        try
        {
            await using RunningService service = await RunningService.StartAsync(folder.Path);
            var address = new Uri(service.GrpcAddress);
            var registrars = new Registrars(4);
            string filler = Path.Combine(folder.Path, "filler");
            Fill(filler);
            using (var end = new CancellationTokenSource(TimeSpan.FromSeconds(30)))
            {
                await registrars.RunAsync(address, stopAtFailure: true, end.Token);
            }

            Assert.InRange(registrars.Failed, 4, int.MaxValue);
            File.Delete(filler);
            await AssertComesBackAsync(registrars, service, service.DemoKey);
            await service.KillAsync();
            await using (RunningService again = await RunningService.StartAsync(folder.Path))
            {
                await AssertComesBackAsync(registrars, again, service.DemoKey);
            }

            await AssertCleanAsync(folder.Path, registrars);
        }
        finally
        {
            Assert.Equal(0, await RunAsync("umount", folder.Path));
        }
    }

    // For as long as it takes on a slow disk, but not every fault is seen from outside.
    private static async Task RunUntilAFailureAsync(Registrars registrars, Uri address)
    {
        int before = registrars.Failed;
        var elapsed = Stopwatch.StartNew();
        using var end = new CancellationTokenSource();
        Task running = registrars.RunAsync(address, stopAtFailure: true, end.Token);
        while (elapsed.Elapsed < TimeSpan.FromSeconds(0.6)
            || (registrars.Failed == before && elapsed.Elapsed < TimeSpan.FromSeconds(3)))
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        await end.CancelAsync();
        await running;
    }

    // In the short form each N once, of calls and errors in turn; "+" leaves the disk as it is until strace is gone.
    private static IEnumerable<(string Fault, bool Restarts)> Faults()
    {
        string[] kinds =
        [
            "pwrite64:error=ENOSPC:when={0}", "fsync,fdatasync:error=EIO:when={0}",
            "pwrite64:error=EIO:when={0}+", "fsync,fdatasync:error=ENOSPC:when={0}+",
        ];
        for (int n = 1; n <= (HostilePeers.IsLong ? 200 : 20); n++)
        {
            foreach (string kind in HostilePeers.IsLong ? kinds : [kinds[n % kinds.Length]])
            {
                yield return (string.Format(CultureInfo.InvariantCulture, kind, n), n % 5 == 0);
            }
        }
    }

    // Where each answer begins: the first HEADERS of its stream. Other frames may stand before it in what is sent.
    private static IEnumerable<int> Answers(string[] lines)
    {
        HashSet<string> seen = [];
        foreach ((int i, string line) in lines.Index())
        {
            System.Text.RegularExpressions.Match sending = Sending().Match(line);
            byte[] bytes = Convert.FromHexString(sending.Groups["bytes"].Value.Replace("\\x", ""));
            for (int at = 0; at + FrameHead <= bytes.Length; at += FrameHead + (bytes[at + 1] << 8) + bytes[at + 2])
            {
                string stream = sending.Groups["socket"].Value + Convert.ToHexString(bytes, at + 5, 4);
                if (bytes[at + 3] == Headers && seen.Add(stream))
                {
                    yield return i;
                }
            }
        }
    }

    private static void AssertSynced(string[] lines)
    {
        int write = Array.FindIndex(lines, LogWrite().IsMatch);
        Assert.InRange(write, 0, lines.Length);
        string thread = LogWrite().Match(lines[write]).Groups["thread"].Value;
        int sync = Array.FindIndex(
            lines, write, line => LogSync().Match(line) is { Success: true } m && m.Groups["thread"].Value == thread);
        Assert.True(sync > write, "The answer went out before the log was synced:\n" + string.Join('\n', lines));
        Assert.DoesNotContain(lines[sync..(sync + 1)], line => line.Contains("unfinished", StringComparison.Ordinal)
            && !lines[sync..].Any(later => later.StartsWith(thread + " ", StringComparison.Ordinal)
                && later.Contains("sync resumed>)", StringComparison.Ordinal)
                && later.EndsWith(" = 0", StringComparison.Ordinal)));
    }

    private static async Task AssertComesBackAsync(Registrars registrars, RunningService service, string key)
    {
        var address = new Uri(service.GrpcAddress);
        using var platform = new MatchClient(address, key);
        await registrars.RetryAsync(address);
        await registrars.AssertKeptEventuallyAsync(platform);
    }

    private static async Task AssertCleanAsync(string folder, Registrars registrars)
    {
        var options = new DbContextOptionsBuilder<HashMatchDb>();
        new SqliteDialect(new StorageOptions { Path = folder }).Configure(options);
        await using (var db = new HashMatchDb(options.Options))
        {
            await RegistryContents.AssertListAsync(db, registrars.Held());
            Assert.Equal(["ok"], await db.Database.SqlQueryRaw<string>("PRAGMA integrity_check").ToListAsync());
        }

        SqliteConnection.ClearAllPools();
    }

    // But for some pages, so that it becomes full in the middle of something.
    private static void Fill(string path)
    {
        using var file = new FileStream(path, FileMode.Create);
        byte[] page = new byte[4096];
        try
        {
            while (true)
            {
                file.Write(page);
                file.Flush();
            }
        }
        catch (IOException)
        {
            file.SetLength(Math.Max(0, file.Length - (50 * page.Length)));
        }
    }

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        using Process process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
