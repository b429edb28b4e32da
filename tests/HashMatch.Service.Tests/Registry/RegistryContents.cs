using HashMatch.Matching;
using HashMatch.Protocol;
using HashMatch.Service.Matching;
using HashMatch.Service.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HashMatch.Service.Tests.Registry;

/// <summary>Compares a database, and the lists of the nodes on it, with what they must hold.</summary>
public static class RegistryContents
{
    /// <summary>Opens a node's database.</summary>
    public static Task<HashMatchDb> OpenAsync(this TestService node) =>
        node.Services.GetRequiredService<IDbContextFactory<HashMatchDb>>().CreateDbContextAsync();

    /// <summary>Fails unless cases, fingerprints, entries, log and every node's list are what a model says.</summary>
    public static async Task AssertEqualAsync(IReadOnlyList<TestService> nodes, IReadOnlyCollection<CaseModel> models)
    {
        foreach (TestService node in nodes)
        {
            await node.Services.GetRequiredService<Sequencer>().MergeAsync(default);
        }

        foreach (TestService node in nodes)
        {
            await node.Services.GetRequiredService<HashList>().FollowAsync(default);
        }

        await using HashMatchDb db = await nodes[0].OpenAsync();
        await AssertCasesAsync(db, models);
        List<Entry> entries = await AssertListAsync(db, models.SelectMany(model => model.Held.Keys).ToHashSet());
        Assert.All(nodes, node => AssertIndex(node, entries));
    }

    /// <summary>Fails unless the entries are these hashes, and the log has no gap and is as long as it says.</summary>
    /// <returns>The entries.</returns>
    public static async Task<List<Entry>> AssertListAsync(HashMatchDb db, HashSet<Hash256> expected)
    {
        List<Entry> entries = await db.Entries.AsNoTracking().ToListAsync();
        Assert.Equal(expected.Count, entries.Count);
        Assert.Equal(expected, entries.Select(entry => entry.Hash).ToHashSet());
        Assert.Equal(0, await db.Outbox.CountAsync());
        long head = (await db.LogHeads.AsNoTracking().SingleAsync()).Position;
        Assert.Equal(
            (head, head),
            (await db.Log.LongCountAsync(), await db.Log.MaxAsync(row => (long?)row.Position) ?? 0));

        // Every entry came once, and every other that came has gone once.
        Dictionary<long, int> changes = await db.Log
            .GroupBy(row => row.EntryId)
            .ToDictionaryAsync(group => group.Key, group => group.Count());
        HashSet<long> listed = [.. entries.Select(entry => entry.Id)];
        Assert.Superset(listed, changes.Keys.ToHashSet());
        Assert.All(changes, change => Assert.Equal(listed.Contains(change.Key) ? 1 : 2, change.Value));
        return entries;
    }

    private static async Task AssertCasesAsync(HashMatchDb db, IReadOnlyCollection<CaseModel> models)
    {
        List<Case> cases = await db.Cases.AsNoTracking().ToListAsync();
        Dictionary<string, Case> byKey = cases.ToDictionary(row => Convert.ToHexString(row.KeyDigest));
        ILookup<long, CaseFingerprint> held =
            (await db.Fingerprints.AsNoTracking().ToListAsync()).ToLookup(row => row.CaseId);
        Assert.Equal(models.Count(model => model.IsMade), cases.Count);
        foreach (CaseModel model in models.Where(model => model.IsMade))
        {
            Case found = byKey[Convert.ToHexString(model.Key.Digest())];
            string stored = string.Join(
                ' ',
                new[] { $"withdrawn {found.State == CaseState.Withdrawn} next {found.NextPicture}" }
                    .Concat(held[found.Id].OrderBy(row => row.Picture).Select(
                        row => $"{row.Picture}:{row.Hash.ToHex()}")));
            Assert.Equal(model.ToString(), stored);
        }
    }

    private static void AssertIndex(TestService node, List<Entry> entries)
    {
        HashList list = node.Services.GetRequiredService<HashList>();
        Assert.Equal(entries.Count, list.Count);
        var found = new List<BatchMatch>();
        list.Search([.. entries.Select(entry => entry.Hash)], 0, found);
        Assert.Equal(
            entries.Select((entry, i) => (i, (ulong)entry.Id)),
            found.Select(match => (match.QueryIndex, match.Id)).Order());
    }
}
