using System.Security.Cryptography;
using HashMatch.Protocol;
using HashMatch.Service.Storage;
using Microsoft.EntityFrameworkCore;

namespace HashMatch.Service.Feed;

/// <summary>Appends changes to the feed, within a transaction that holds the log's head locked.</summary>
public sealed class FeedWriter(SqlDialect dialect)
{
    private static readonly string[] Columns =
        ["position", "leaf", "chain", "live_count", "target", "entry_id", "hash", "salt"];

    /// <summary>Publishes entries in this order, and notes with each where its addition stands.</summary>
    public async Task AddAsync(HashMatchDb db, IReadOnlyList<Entry> entries, CancellationToken cancellationToken)
    {
        if (entries.Count == 0)
        {
            return;
        }

        FeedHead head = await db.FeedHeads.SingleAsync(cancellationToken);
        long last = head.Position;
        var rows = new List<object[]>(entries.Count);
        foreach (Entry entry in entries)
        {
            byte[] salt = RandomNumberGenerator.GetBytes(FeedDigest.SaltByteCount);
            byte[] hash = entry.Hash.ToByteArray();
            rows.Add(Append(head, FeedDigest.AdditionLeaf(salt, hash), 1, DBNull.Value, entry.Id, hash, salt));
        }

        await StoreAsync(db, rows, cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE entries SET feed_position = c.position
            FROM feed_changes c
            WHERE c.position > {last} AND c.entry_id = entries.id
            """,
            cancellationToken);
    }

    /// <summary>Withdraws additions, of which only the leaves stay.</summary>
    /// <param name="db">A context, in a transaction that holds the log's head locked.</param>
    /// <param name="additions">Their positions.</param>
    /// <param name="isSeen">
    /// Whether the feed goes on even if there are none, by a leaf that is of nothing. People see which mirrors have
    /// come past their withdrawal: without it that would tell at once whether somebody else holds the same hashes.
    /// </param>
    /// <param name="cancellationToken">Ends the work; what was done goes with the transaction.</param>
    /// <returns>The feed's end.</returns>
    public async Task<long> WithdrawAsync(
        HashMatchDb db, IReadOnlyList<long> additions, bool isSeen, CancellationToken cancellationToken)
    {
        FeedHead head = await db.FeedHeads.SingleAsync(cancellationToken);
        long last = head.Position;
        List<object[]> rows = [.. additions.Select(position =>
            Append(head, FeedDigest.WithdrawalLeaf((ulong)position), -1, position))];
        if (rows.Count == 0 && isSeen)
        {
            rows.Add(Append(head, RandomNumberGenerator.GetBytes(FeedDigest.ByteCount), 0, DBNull.Value));
        }

        if (rows.Count > 0)
        {
            await StoreAsync(db, rows, cancellationToken);
            await db.Database.ExecuteSqlAsync(
                $"""
                UPDATE feed_changes SET entry_id = NULL, hash = NULL, salt = NULL
                WHERE position IN (SELECT target FROM feed_changes WHERE position > {last} AND target IS NOT NULL)
                """,
                cancellationToken);
        }

        return head.Position;
    }

    private async Task StoreAsync(HashMatchDb db, List<object[]> rows, CancellationToken cancellationToken)
    {
        await dialect.InsertAsync(db, "feed_changes", Columns, rows, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
    }

    private static object[] Append(
        FeedHead head, byte[] leaf, int live, object target, object? entryId = null, byte[]? hash = null,
        byte[]? salt = null)
    {
        head.Position++;
        head.Chain = FeedDigest.Chain(head.Chain, leaf);
        head.LiveCount += live;
        return
        [
            head.Position,
            leaf,
            head.Chain,
            head.LiveCount,
            target,
            entryId ?? DBNull.Value,
            hash as object ?? DBNull.Value,
            salt as object ?? DBNull.Value,
        ];
    }
}
