using System.Buffers.Binary;
using System.Security.Cryptography;
using Grpc.Core;
using HashMatch.Matching;
using HashMatch.Protocol;

namespace HashMatch.Client.Mirrors;

/// <summary>Takes a snapshot from the service: into memory and, at the same time, into the draft of a file.</summary>
internal sealed class SnapshotDownload : IDisposable
{
    private const int MaxEntries = 4_096;
    private const int IdSize = 16;

    // How far a snapshot may be larger than the list was a moment before.
    private const ulong Growth = 1_000_000;

    private readonly IncrementalHash _digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly MirroredList _list = new();
    private readonly MirrorFileDraft _draft;
    private readonly ulong _most;
    private ulong _count;
    private ulong _last;

    private SnapshotDownload(MirrorFileDraft draft, Checkpoint announced)
    {
        _draft = draft;
        _most = (2 * announced.LiveCount) + Growth;
    }

    /// <summary>Takes a snapshot, which is verified when this returns.</summary>
    /// <param name="connection">The service.</param>
    /// <param name="trust">The key that must have signed it.</param>
    /// <param name="draft">The file to write, as yet empty.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="HashListMirrorException">It does not verify; nothing of it is to be used.</exception>
    public static async Task<(MirroredList List, MirrorFileEnd End)> RunAsync(
        FeedConnection connection, FeedTrust trust, MirrorFileDraft draft, CancellationToken cancellationToken)
    {
        // A signed checkpoint first: it says how much may come, so that nobody else can fill memory or disk.
        Checkpoint? announced = await connection.GetCheckpointAsync(cancellationToken).ConfigureAwait(false);
        await trust.VerifyAsync(announced, cancellationToken).ConfigureAwait(false);

        using var download = new SnapshotDownload(draft, announced!);
        using AsyncServerStreamingCall<GetSnapshotResponse> call = connection.GetSnapshot(cancellationToken);
        Checkpoint? checkpoint = null;
        while (await call.ResponseStream.MoveNext(cancellationToken).ConfigureAwait(false))
        {
            GetSnapshotResponse part = call.ResponseStream.Current;
            if (checkpoint is not null)
            {
                throw Refusal("goes on after its checkpoint");
            }

            download.Take(part);
            checkpoint = part.Checkpoint;
        }

        download.Check(checkpoint);
        await trust.VerifyAsync(checkpoint, cancellationToken).ConfigureAwait(false);
        return download.Complete(checkpoint!);
    }

    public void Dispose() => _digest.Dispose();

    private static HashListMirrorException Refusal(string what) => new(
        $"The service's snapshot {what}. Nothing of it was used; it will be asked for again.");

    private void Take(GetSnapshotResponse part)
    {
        if (part.Entries.Count > MaxEntries || (_count += (ulong)part.Entries.Count) > _most)
        {
            throw Refusal("is larger than the list");
        }

        foreach (LiveEntry entry in part.Entries)
        {
            if (entry.Position <= _last || entry.Hash.Length != Hash256.ByteCount || entry.EntryId.Length != IdSize)
            {
                throw Refusal("has a malformed entry, or one out of order");
            }

            _last = entry.Position;
            FeedDigest.AppendLive(_digest, entry.Position, entry.Hash.Span);
            var taken = new ListEntry(
                entry.Position,
                new Hash256(entry.Hash.Span),
                BinaryPrimitives.ReadUInt128BigEndian(entry.EntryId.Span));
            _list.Load(taken);
            _draft.Add(taken);
        }
    }

    private void Check(Checkpoint? checkpoint)
    {
        if (checkpoint?.At is null
            || checkpoint.At.Position < _last
            || checkpoint.LiveCount != _count
            || !checkpoint.SnapshotDigest.Span.SequenceEqual(_digest.GetHashAndReset()))
        {
            throw Refusal("is not what its checkpoint says");
        }
    }

    private (MirroredList List, MirrorFileEnd End) Complete(Checkpoint checkpoint)
    {
        var state = new FeedState(
            checkpoint.At.Epoch.ToByteArray(),
            checkpoint.At.Position,
            checkpoint.At.Chain.ToByteArray(),
            checkpoint.LiveCount,
            checkpoint.Day);
        MirrorFileEnd end = _draft.Complete([], state);
        _list.Complete(state);
        return (_list, end);
    }
}
