using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Google.Protobuf;
using HashMatch.Protocol;
using HashMatch.Service.Calls;
using HashMatch.Service.Matching;
using HashMatch.Service.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace HashMatch.Service.Feed;

/// <summary>Reads the feed for one platform, which sees entries under ids of its own.</summary>
public sealed class FeedReader(
    IDbContextFactory<HashMatchDb> databases, SqlDialect dialect, EntryIds entryIds, Checkpoints checkpoints)
{
    /// <summary>How many changes or entries a message has at most.</summary>
    public const int PageSize = 4096;

    /// <summary>Gives the checkpoint of the feed's end.</summary>
    public async Task<Checkpoint> ReadEndAsync(CancellationToken cancellationToken)
    {
        await using HashMatchDb db = await databases.CreateDbContextAsync(cancellationToken);
        FeedHead head = await db.FeedHeads.AsNoTracking().SingleAsync(cancellationToken);
        return checkpoints.Sign(At(head), head.LiveCount);
    }

    /// <summary>Makes sure that a position is one of this feed.</summary>
    /// <exception cref="Grpc.Core.RpcException">It is not, or it is malformed.</exception>
    public async Task CheckAsync(FeedPosition? at, CancellationToken cancellationToken)
    {
        await using HashMatchDb db = await databases.CreateDbContextAsync(cancellationToken);
        await OpenAsync(db, at, 0, cancellationToken);
    }

    /// <summary>Gives the changes after a position: at most <see cref="PageSize"/>.</summary>
    /// <exception cref="Grpc.Core.RpcException">The position is not one of this feed, or it is malformed.</exception>
    public async Task<FeedPage> ReadAsync(FeedPosition? after, long platformId, CancellationToken cancellationToken)
    {
        await using HashMatchDb db = await databases.CreateDbContextAsync(cancellationToken);
        (FeedPosition at, long live, List<FeedRow> rows) = await OpenAsync(db, after, PageSize, cancellationToken);
        using PlatformEntryIds ids = entryIds.For(platformId);
        var page = new FeedPage { FirstPosition = at.Position + 1, Changes = { rows.Select(row => Show(row, ids)) } };
        if (rows.Count > 0)
        {
            FeedRow last = rows[^1];
            at = At(at.Epoch, last.Position, last.Chain);
            live = last.LiveCount;
        }

        page.Checkpoint = checkpoints.Sign(at, live);
        return page;
    }

    /// <summary>Gives all live entries as of one moment; the last part has the checkpoint.</summary>
    public async IAsyncEnumerable<GetSnapshotResponse> ReadSnapshotAsync(
        long platformId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using PlatformEntryIds ids = entryIds.For(platformId);
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using HashMatchDb db = await databases.CreateDbContextAsync(cancellationToken);
        await using IDbContextTransaction transaction = await dialect.BeginReadAsync(db, cancellationToken);
        FeedHead head = await db.FeedHeads.AsNoTracking().SingleAsync(cancellationToken);
        await using DbCommand command = db.Command(
            "SELECT position, hash, entry_id FROM feed_changes WHERE hash IS NOT NULL ORDER BY position");
        await using DbDataReader rows = await command.ExecuteReaderAsync(cancellationToken);
        var part = new GetSnapshotResponse();
        bool isEnd = false;
        try
        {
            while (!(isEnd = !await rows.ReadAsync(cancellationToken)))
            {
                if (part.Entries.Count == PageSize)
                {
                    yield return part;
                    part = new GetSnapshotResponse();
                }

                var entry = new LiveEntry
                {
                    Position = (ulong)rows.GetInt64(0),
                    Hash = Wrap(rows.GetFieldValue<byte[]>(1)),
                    EntryId = Wrap(ids.Make((ulong)rows.GetInt64(2))),
                };
                FeedDigest.AppendLive(digest, entry.Position, entry.Hash.Span);
                part.Entries.Add(entry);
            }
        }
        finally
        {
            // Whoever takes no more would otherwise have all that is left read from the server first.
            if (!isEnd)
            {
                command.Cancel();
            }
        }

        part.Checkpoint = checkpoints.Sign(At(head), head.LiveCount, digest.GetHashAndReset());
        yield return part;
    }

    // One statement reads the row at the position and those after it, so that all are of the same feed.
    private static async Task<(FeedPosition At, long LiveCount, List<FeedRow> Rows)> OpenAsync(
        HashMatchDb db, FeedPosition? after, int count, CancellationToken cancellationToken)
    {
        if (after is null || after.Epoch.Length != FeedDigest.EpochByteCount
            || after.Chain.Length != FeedDigest.ByteCount)
        {
            throw Refusals.FeedPositionMalformed();
        }

        byte[] epoch = await db.FeedHeads.Select(head => head.Epoch).SingleAsync(cancellationToken);
        if (!after.Epoch.Span.SequenceEqual(epoch) || after.Position > long.MaxValue)
        {
            throw Refusals.NotInFeed();
        }

        long position = (long)after.Position;
        List<FeedRow> rows = await RowsAsync(db, position, count + 1, cancellationToken);
        if (position == 0)
        {
            // There is no row at 0, and perhaps one too many at the end.
            return after.Chain.Span.SequenceEqual(FeedDigest.FirstChain(epoch))
                ? (after, 0, rows[..Math.Min(count, rows.Count)])
                : throw Refusals.NotInFeed();
        }

        return rows.Count > 0 && rows[0].Position == position && after.Chain.Span.SequenceEqual(rows[0].Chain)
            ? (after, rows[0].LiveCount, rows[1..])
            : throw Refusals.NotInFeed();
    }

    private static async Task<List<FeedRow>> RowsAsync(
        HashMatchDb db, long from, int count, CancellationToken cancellationToken) =>
        await db.FeedChanges.AsNoTracking()
            .Where(row => row.Position >= from)
            .OrderBy(row => row.Position)
            .Take(count)
            .ToListAsync(cancellationToken);

    private static FeedChange Show(FeedRow row, PlatformEntryIds ids) => row switch
    {
        { Target: long target } => new FeedChange { Withdrawal = new Withdrawal { Position = (ulong)target } },
        { Hash: { } hash, Salt: { } salt, EntryId: long id } => new FeedChange
        {
            Addition = new Addition
            {
                Hash = Wrap(hash.ToByteArray()),
                Salt = Wrap(salt),
                EntryId = Wrap(ids.Make((ulong)id)),
            },
        },
        _ => new FeedChange { Leaf = Wrap(row.Leaf) },
    };

    private static FeedPosition At(FeedHead head) => At(Wrap(head.Epoch), head.Position, head.Chain);

    private static FeedPosition At(ByteString epoch, long position, byte[] chain) =>
        new() { Epoch = epoch, Position = (ulong)position, Chain = Wrap(chain) };

    // Nobody changes these bytes any more.
    private static ByteString Wrap(byte[] bytes) => UnsafeByteOperations.UnsafeWrap(bytes);
}
