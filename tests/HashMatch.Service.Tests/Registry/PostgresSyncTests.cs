using System.Globalization;
using System.Text.RegularExpressions;
using HashMatch.Client;
using HashMatch.Protocol;
using HashMatch.Service.Tests.EndToEnd;
using HashMatch.Service.Tests.Storage;

namespace HashMatch.Service.Tests.Registry;

/// <summary>What PostgreSQL asks of the disk before it tells the service that something is committed.</summary>
public sealed partial class PostgresSyncTests
{
    private const int Count = 20;

    // What the service sends to commit and what it is told, as the protocol has them.
    private const string Question = @"Q\0\0\0\vCOMMIT\0";
    private const string Answer = @"C\0\0\0\vCOMMIT\0";

    [GeneratedRegex(@"^(?<process>\d+) +(?<call>\w+)\(\d+<(?<file>[^>]*)>")]
    private static partial Regex Call();

    [GeneratedRegex(@"^(?<process>\d+) +<\.\.\. (?<call>\w+) resumed>")]
    private static partial Regex Resumed();

    [Fact]
    public async Task Register_EachTime_SyncsTheLogAfterTheWriteAndBeforeTheAnswer()
    {
        PostgresServers.RequireInstalled();
        await using PostgresServer server = await PostgresServer.StartOnDiskAsync();
        string database = await server.CreateDatabaseAsync("traced");
        using var folder = new DiskFolder();

        // Before the service connects: what the server makes for it is then looked at from its first call on.
        int[] processes = await server.ProcessesAsync();
        await using Strace strace = await Strace.AttachAsync(
            processes[0],
            [
                "-y", "-s", "99", "-e", "trace=pwrite64,fsync,fdatasync,sendto,recvfrom",
                .. processes[1..].SelectMany(id => (string[])["-p", id.ToString(CultureInfo.InvariantCulture)]),
            ]);
        await using (RunningService service = await RunningService.StartAsync(
            folder.Path,
            "Development",
            ("Storage__Provider", "Postgres"),
            ("Storage__ConnectionString", database)))
        {
            var address = new Uri(service.GrpcAddress);
            using var client = new CaseClient(address);
            using var platform = new MatchClient(address, service.DemoKey);
            for (int i = 0; i < Count; i++)
            {
                await client.RegisterAsync(CaseKey.Create(), TestHashes.Make(i));
                Assert.Single(await platform.MatchesAsync(TestHashes.Make(i), 1));
            }

            await service.StopAsync();
        }

        // A case is a commit and its entry is another.
        string[] lines = await strace.DetachAsync();
        Assert.InRange(AssertSynced(lines), 2 * Count, int.MaxValue);
    }

    // For each commit: the log was written and, after that, synced, whoever of the server's processes did it.
    private static int AssertSynced(string[] lines)
    {
        var asked = new Dictionary<string, int>();
        var begun = new Dictionary<string, int>();
        List<int> writes = [];
        List<(int From, int To)> syncs = [];
        int commits = 0;
        foreach ((int i, string line) in lines.Index())
        {
            System.Text.RegularExpressions.Match call = Call().Match(line);
            System.Text.RegularExpressions.Match resumed = Resumed().Match(line);
            string process = (call.Success ? call : resumed).Groups["process"].Value;
            string name = (call.Success ? call : resumed).Groups["call"].Value;
            bool isLog = call.Groups["file"].Value.Contains("/pg_wal/", StringComparison.Ordinal);
            if (name == "recvfrom" && line.Contains(Question, StringComparison.Ordinal))
            {
                asked[process] = i;
            }
            else if (name == "pwrite64" && isLog)
            {
                writes.Add(i);
            }
            else if (name is "fsync" or "fdatasync" && (isLog || begun.ContainsKey(process)))
            {
                int from = isLog ? i : begun[process];
                if (line.EndsWith("<unfinished ...>", StringComparison.Ordinal))
                {
                    begun[process] = from;
                }
                else
                {
                    Assert.EndsWith("= 0", line);
                    begun.Remove(process);
                    syncs.Add((from, i));
                }
            }
            else if (name == "sendto" && line.Contains(Answer, StringComparison.Ordinal))
            {
                commits++;
                int since = asked[process];
                int write = writes.Find(at => at > since);
                Assert.True(
                    write > since && syncs.Exists(sync => sync.From > write),
                    "It was told before the log was synced:\n" + string.Join('\n', lines[since..(i + 1)]));
            }
        }

        return commits;
    }
}
