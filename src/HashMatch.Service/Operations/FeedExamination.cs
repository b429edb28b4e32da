using HashMatch.Matching;
using HashMatch.Protocol;
using HashMatch.Service.Storage;
using Microsoft.EntityFrameworkCore;

namespace HashMatch.Service.Operations;

/// <summary>Goes through the whole feed: every digest, what is erased, and the entries that it is of.</summary>
internal sealed class FeedExamination
{
    private readonly FeedHead _head;
    private readonly HashSet<long> _withdrawn = [];
    private readonly HashSet<long> _bare = [];
    private readonly HashSet<long> _erased = [];
    private byte[] _chain;
    private long _liveCount;
    private long? _brokenAt;
    private long? _unerasedAt;

    private FeedExamination(FeedHead head)
    {
        _head = head;
        _chain = FeedDigest.FirstChain(head.Epoch);
    }

    public static async Task<List<Finding>> ExamineAsync(HashMatchDb db, CancellationToken cancellationToken)
    {
        var examination = new FeedExamination(await db.FeedHeads.AsNoTracking().SingleAsync(cancellationToken));
        await foreach (FeedRow row in db.FeedChanges
            .AsNoTracking()
            .OrderBy(row => row.Position)
            .AsAsyncEnumerable()
            .WithCancellation(cancellationToken))
        {
            examination.Take(row);
        }

        int strangers = await db.Entries
            .Where(entry => entry.FeedPosition != null)
            .CountAsync(
                entry => !db.FeedChanges.Any(row =>
                    row.Position == entry.FeedPosition && row.EntryId == entry.Id && row.Hash == entry.Hash),
                cancellationToken);
        int published = await db.Entries.CountAsync(entry => entry.FeedPosition != null, cancellationToken);
        return [examination.Chain(), examination.Erasure(), examination.Entries(strangers, published)];
    }

    private void Take(FeedRow row)
    {
        bool isAddition = row.Hash is not null;
        bool isBare = row is { Hash: null, Salt: null, EntryId: null };
        bool hasItsLeaf = row switch
        {
            { Target: long target } => row.Leaf.AsSpan().SequenceEqual(FeedDigest.WithdrawalLeaf((ulong)target)),
            { Hash: Hash256 hash, Salt: { } salt } =>
                row.Leaf.AsSpan().SequenceEqual(FeedDigest.AdditionLeaf(salt, hash.ToByteArray())),
            _ => true,
        };
        _chain = FeedDigest.Chain(_chain, row.Leaf);
        long step = row.LiveCount - _liveCount;
        bool hasItsCount = row.Target is not null ? step == -1 : isAddition ? step == 1 : step is 0 or 1;
        if (!hasItsLeaf || !hasItsCount || !row.Chain.AsSpan().SequenceEqual(_chain))
        {
            _brokenAt ??= row.Position;
        }

        // Half of the content is none that anybody is sent, but it is not erased either.
        if (!isBare && (row.Target is not null || row.Salt is null || row.EntryId is null || !isAddition))
        {
            _unerasedAt ??= row.Position;
        }

        if (row.Target is long addition)
        {
            _withdrawn.Add(addition);
        }
        else if (isBare)
        {
            _bare.Add(row.Position);

            // A leaf of nothing leaves the count as it is.
            if (step == 1)
            {
                _erased.Add(row.Position);
            }
        }

        _liveCount = row.LiveCount;
    }

    private Finding Chain()
    {
        if (_brokenAt is null && (!_head.Chain.AsSpan().SequenceEqual(_chain) || _head.LiveCount != _liveCount))
        {
            _brokenAt = _head.Position;
        }

        return new Finding(
            "feed's chain",
            _brokenAt is null,
            _brokenAt is null
                ? "every leaf and every digest computed anew"
                : Text($"it breaks at position {_brokenAt}. Restore the database from a backup."));
    }

    private Finding Erasure()
    {
        // What is withdrawn is erased, and nothing else is.
        long[] wrong = [.. _withdrawn.Except(_bare), .. _erased.Except(_withdrawn)];
        long? at = _unerasedAt ?? (wrong.Length > 0 ? wrong.Min() : null);
        return new Finding(
            "feed's erasure",
            at is null,
            at is null
                ? Text($"{_withdrawn.Count} withdrawn, all erased")
                : Text($"position {at}: withdrawn, not erased, or the reverse. Restore a backup."));
    }

    private Finding Entries(int strangers, int published)
    {
        bool isWell = strangers == 0 && published == _head.LiveCount;
        return new Finding(
            "feed's entries",
            isWell,
            isWell
                ? Text($"{published} live, each on the list")
                : Text($"{_head.LiveCount} are live, {published} listed, {strangers} of them unlike in the feed. ")
                    + "Restore the database from a backup.");
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
