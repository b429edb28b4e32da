using System.Security.Cryptography;
using HashMatch.Service.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Options;

namespace HashMatch.Service.Feed;

/// <summary>Publishes what is not published yet, mixed so that nothing tells what belongs to one case.</summary>
public sealed class FeedPublication(
    IDbContextFactory<HashMatchDb> databases,
    SqlDialect dialect,
    WriteGate gate,
    FeedWriter feed,
    FeedBell bell,
    IOptions<FeedOptions> options,
    TimeProvider clock)
{
    // Some hundredths of a second, for which others wait: the pages of a long list that are changed lie all over it.
    private const int EntriesPerTransaction = 1024;

    /// <summary>Publishes all that there is, if it may be.</summary>
    /// <remarks>
    /// All are shuffled together and then published in parts, between which others have their turn. Two nodes may do
    /// so at once: each part then has those of its entries that the other has not published.
    /// </remarks>
    /// <returns>How many entries were published.</returns>
    public async Task<int> PublishAsync(CancellationToken cancellationToken)
    {
        long[] waiting = await FindAsync(cancellationToken);
        RandomNumberGenerator.Shuffle<long>(waiting);
        int published = 0;
        foreach (long[] part in waiting.Chunk(EntriesPerTransaction))
        {
            published += await PublishAsync(part, cancellationToken);
        }

        return published;
    }

    private async Task<long[]> FindAsync(CancellationToken cancellationToken)
    {
        await using HashMatchDb db = await databases.CreateDbContextAsync(cancellationToken);
        IQueryable<Entry> waiting = db.Entries.AsNoTracking().Where(entry => entry.FeedPosition == null);
        DateOnly? oldest = await waiting.MinAsync(entry => (DateOnly?)entry.AddedDay, cancellationToken);
        if (oldest is not DateOnly day)
        {
            return [];
        }

        int minimum = options.Value.MinimumCases;
        bool isDue = minimum == 1
            || FeedOptions.HasWaited(day, clock.Today())
            || await waiting
                .Join(db.Fingerprints, entry => entry.Hash, held => held.Hash, (_, held) => held.CaseId)
                .Distinct()
                .Take(minimum)
                .CountAsync(cancellationToken) == minimum;
        return isDue ? await waiting.Select(entry => entry.Id).ToArrayAsync(cancellationToken) : [];
    }

    private async Task<int> PublishAsync(long[] ids, CancellationToken cancellationToken)
    {
        using IDisposable turn = await gate.EnterAsync(cancellationToken);
        await using HashMatchDb db = await databases.CreateDbContextAsync(cancellationToken);
        await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await dialect.LockLogAsync(db, cancellationToken);

        // Some may have left, or been published by another node, since they were found.
        Dictionary<long, Entry> there = await db.Entries.AsNoTracking()
            .Where(entry => EF.Parameter(ids).Contains(entry.Id) && entry.FeedPosition == null)
            .ToDictionaryAsync(entry => entry.Id, cancellationToken);
        List<Entry> entries = [.. ids.Where(there.ContainsKey).Select(id => there[id])];
        await feed.AddAsync(db, entries, cancellationToken);
        await dialect.NotifyAsync(db, cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        bell.Ring();
        return entries.Count;
    }
}
