using Google.Protobuf;
using HashMatch.Protocol;

namespace HashMatch.Client.Mirrors;

/// <summary>A verified place in the feed.</summary>
/// <param name="Epoch">16 bytes.</param>
/// <param name="Position">How many changes lie before.</param>
/// <param name="Chain">32 bytes.</param>
/// <param name="LiveCount">How many entries are live there.</param>
/// <param name="Day">The day of the checkpoint: 10 ASCII characters.</param>
internal sealed record FeedState(byte[] Epoch, ulong Position, byte[] Chain, ulong LiveCount, string Day)
{
    /// <summary>The place as calls name it.</summary>
    public FeedPosition ToMessage() => new()
    {
        Epoch = ByteString.CopyFrom(Epoch),
        Position = Position,
        Chain = ByteString.CopyFrom(Chain),
    };
}
