using HashMatch.Matching;
using HashMatch.Service.Storage;
using HashMatch.Service.Tests.Hostile;
using HashMatch.Service.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace HashMatch.Service.Tests.Registry;

/// <summary>
/// Three writers and two sequencers on PostgreSQL, step by step, in every order that their steps can have.
/// </summary>
/// <remarks>
/// A writer writes, and ends. A sequencer merges up to its commit, and commits and brings its node's list up to date.
/// A sequencer that comes while another has the log waits for it, which is the same as coming after it; so no two
/// merges lie in each other. The two nodes are alike: that one always comes first loses nothing.
/// </remarks>
public sealed class InterleavingTests
{
    private const int Writers = 3;
    private const int Shortened = 32;

    [Fact]
    public async Task Steps_InEveryOrder_LeaveLogEntriesAndListsRight()
    {
        PostgresServers.RequireInstalled();
        string database = await (await PostgresServer.Shared).CreateDatabaseAsync("interleavings");
        await using SteppedNodes nodes = await SteppedNodes.OpenAsync(database);
        await using HashMatchDb db = PostgresServers.Open(database);
        await db.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        int[][] orders = [.. Orders()];
        int runs = 0;

        for (int i = 0; i < orders.Length; i += HostilePeers.IsLong ? 1 : Shortened)
        {
            await RunAsync(nodes, db, orders[i], seed: 4 * i);
            if (++runs % 500 == 0)
            {
                // Dead rows, which a server of its own clears away now and then, would make each run longer.
                await db.Database.ExecuteSqlRawAsync("VACUUM");
            }
        }

        await nodes.ClearAsync();
        await RegistryContents.AssertListAsync(db, []);
        TestContext.Current.SendDiagnosticMessage($"{runs} of {orders.Length} orders");
        Assert.Equal(18_900, orders.Length);
    }

    private static async Task RunAsync(SteppedNodes nodes, HashMatchDb db, int[] order, int seed)
    {
        Hash256 shared = TestHashes.Make(seed);
        Hash256 another = TestHashes.Make(seed + 1);
        Hash256 other = TestHashes.Make(seed + 2);
        Hash256 kept = TestHashes.Make(seed + 3);
        long before = await nodes.BeginAsync(held: [shared, other, kept]);
        WriterSteps[] writers =
        [
            // What the second takes back, the first registers; the last changes its mind about all of it.
            await nodes.WriterAsync(adds: [shared, another], drops: [], isCommitted: true),
            await nodes.WriterAsync(adds: [], drops: [shared, other], isCommitted: true),
            await nodes.WriterAsync(adds: [other, another], drops: [kept], isCommitted: false),
        ];
        foreach (int step in order)
        {
            await (step < Writers ? writers[step].GoOnAsync() : nodes.GoOnAsync(step - Writers));
        }

        await nodes.EndAsync();

        List<Entry> entries = await db.Entries.AsNoTracking().ToListAsync();
        Assert.Equal(
            new[] { shared, another, kept }.Select(hash => hash.ToHex()).Order(),
            entries.Select(entry => entry.Hash.ToHex()).Order());
        nodes.AssertLists(entries);
        long head = (await db.LogHeads.AsNoTracking().SingleAsync()).Position;
        List<long> positions = await db.Log
            .Where(row => row.Position > before)
            .OrderBy(row => row.Position)
            .Select(row => row.Position)
            .ToListAsync();
        Assert.Equal(Enumerable.Range(1, (int)(head - before)).Select(i => before + i), positions);
        Assert.False(await db.Outbox.AnyAsync());
    }

    private static IEnumerable<int[]> Orders() => Orders([], [2, 2, 2, 2, 2]);

    // Which writer or node has its next step, given how many steps each has left.
    private static IEnumerable<int[]> Orders(int[] begun, int[] left)
    {
        if (left.Sum() == 0)
        {
            return [begun];
        }

        return Enumerable.Range(0, left.Length)
            .Where(who => left[who] > 0 && (who != Writers + 1 || left[Writers] == 0))
            .SelectMany(who => Orders([.. begun, who], [.. left.Select((count, i) => i == who ? count - 1 : count)]));
    }
}
