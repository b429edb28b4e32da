using System.Buffers.Binary;
using HashMatch.Matching;
using HashMatch.Protocol;

namespace HashMatch.Client.Mirrors;

/// <summary>Holds a page against the list that it goes on from. Nothing is changed.</summary>
internal sealed class PageCheck
{
    /// <summary>How many changes a page holds at most.</summary>
    public const int MaxChanges = 4_096;

    private const int IdSize = 16;

    private readonly MirroredList _list;
    private readonly List<ListEntry> _additions = [];
    private readonly HashSet<ulong> _bare = [];
    private readonly HashSet<ulong> _added = [];
    private readonly HashSet<ulong> _withdrawn = [];
    private ulong _position;
    private byte[] _chain;

    private PageCheck(MirroredList list)
    {
        _list = list;
        _position = list.State.Position;
        _chain = list.State.Chain;
    }

    /// <summary>Checks all of a page but its signature.</summary>
    /// <param name="list">The list that the page was asked for.</param>
    /// <param name="page">What the service sent.</param>
    /// <exception cref="HashListMirrorException">Something of it is not as it must be.</exception>
    public static FeedChanges Check(MirroredList list, FeedPage? page)
    {
        if (page is null || page.FirstPosition != list.State.Position + 1 || page.Changes.Count > MaxChanges)
        {
            throw Refusal("does not begin where it was asked for, or is too long");
        }

        var check = new PageCheck(list);
        foreach (FeedChange change in page.Changes)
        {
            check.Take(change);
        }

        return check.Complete(page.Checkpoint);
    }

    private static HashListMirrorException Refusal(string what) => new(
        $"A page of the service's feed {what}. Nothing of it was used; it will be asked for again.");

    private void Take(FeedChange change)
    {
        _position++;
        byte[] leaf;
        switch (change.ContentCase)
        {
            case FeedChange.ContentOneofCase.Addition:
                leaf = Take(change.Addition);
                break;
            case FeedChange.ContentOneofCase.Withdrawal:
                leaf = Take(change.Withdrawal.Position);
                break;
            case FeedChange.ContentOneofCase.Leaf when change.Leaf.Length == FeedDigest.ByteCount:
                leaf = change.Leaf.ToByteArray();
                _bare.Add(_position);
                break;
            default:
                throw Refusal("has a malformed change");
        }

        _chain = FeedDigest.Chain(_chain, leaf);
    }

    private byte[] Take(Addition addition)
    {
        if (addition.Hash.Length != Hash256.ByteCount
            || addition.Salt.Length != FeedDigest.SaltByteCount
            || addition.EntryId.Length != IdSize)
        {
            throw Refusal("has a malformed addition");
        }

        _added.Add(_position);
        _additions.Add(new ListEntry(
            _position,
            new Hash256(addition.Hash.Span),
            BinaryPrimitives.ReadUInt128BigEndian(addition.EntryId.Span)));
        return FeedDigest.AdditionLeaf(addition.Salt.Span, addition.Hash.Span);
    }

    private byte[] Take(ulong position)
    {
        if ((!_added.Contains(position) && !_bare.Contains(position) && !_list.IsListed(position))
            || !_withdrawn.Add(position))
        {
            throw Refusal("withdraws what is not listed");
        }

        return FeedDigest.WithdrawalLeaf(position);
    }

    private FeedChanges Complete(Checkpoint? checkpoint)
    {
        // A bare leaf may be of an addition or of nothing: whether it counts is for the service to say.
        ulong least = _list.State.LiveCount + (ulong)_additions.Count - (ulong)_withdrawn.Count;
        ulong most = least + (ulong)_bare.Count;
        if (checkpoint?.At is not FeedPosition at
            || at.Position != _position
            || !at.Epoch.Span.SequenceEqual(_list.State.Epoch)
            || checkpoint.SnapshotDigest.Length != 0)
        {
            throw Refusal("ends at another place than its checkpoint");
        }

        if (!at.Chain.Span.SequenceEqual(_chain))
        {
            throw Refusal("has another chain than its checkpoint");
        }

        if (checkpoint.LiveCount < least || checkpoint.LiveCount > most)
        {
            throw Refusal("counts other live entries than its checkpoint");
        }

        var after = new FeedState(_list.State.Epoch, _position, _chain, checkpoint.LiveCount, checkpoint.Day);
        return new FeedChanges(_additions, [.. _bare], [.. _withdrawn], after);
    }
}
