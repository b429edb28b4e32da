using Google.Protobuf;
using HashMatch.Protocol;
using HashMatch.Service.Storage;

namespace HashMatch.Service.Feed;

/// <summary>Makes and signs checkpoints. The last one is kept: all who follow ask for the same.</summary>
public sealed class Checkpoints(SigningKeys keys, TimeProvider clock)
{
    private volatile Checkpoint? _last;

    /// <summary>Gives the signed checkpoint of a position.</summary>
    public Checkpoint Sign(FeedPosition at, long liveCount, byte[]? snapshotDigest = null)
    {
        SigningKeyRing ring = keys.Current();
        var checkpoint = new Checkpoint
        {
            At = at,
            LiveCount = (ulong)liveCount,
            SnapshotDigest = ByteString.CopyFrom(snapshotDigest ?? []),
            Day = clock.Today().ToString("O"),
            KeyId = ByteString.CopyFrom(ring.KeyId),
        };
        if (_last is Checkpoint last)
        {
            checkpoint.Signature = last.Signature;
            if (checkpoint.Equals(last))
            {
                return last;
            }
        }

        checkpoint.Signature = ByteString.CopyFrom(ring.Sign(FeedDigest.SignedBytes(checkpoint)));
        _last = checkpoint;
        return checkpoint;
    }
}
