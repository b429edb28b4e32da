using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace HashMatch.Protocol;

/// <summary>
/// The digests of the feed, computed alike by the service and by mirrors; <c>feed.proto</c> defines them.
/// </summary>
public static class FeedDigest
{
    /// <summary>The size of every leaf and of the chain, in bytes.</summary>
    public const int ByteCount = SHA256.HashSizeInBytes;

    /// <summary>The size of an epoch, in bytes.</summary>
    public const int EpochByteCount = 16;

    /// <summary>The size of an addition's salt, in bytes.</summary>
    public const int SaltByteCount = 16;

    private const int HashByteCount = 32;

    /// <summary>The chain at position 0.</summary>
    /// <param name="epoch">16 bytes.</param>
    public static byte[] FirstChain(ReadOnlySpan<byte> epoch) => SHA256.HashData([.. "hashmatch/feed/v1"u8, .. epoch]);

    /// <summary>The chain at the next position.</summary>
    /// <param name="chain">The chain before, 32 bytes.</param>
    /// <param name="leaf">The leaf of the change at that position, 32 bytes.</param>
    public static byte[] Chain(ReadOnlySpan<byte> chain, ReadOnlySpan<byte> leaf)
    {
        Span<byte> both = stackalloc byte[2 * ByteCount];
        chain.CopyTo(both);
        leaf.CopyTo(both[ByteCount..]);
        return SHA256.HashData(both);
    }

    /// <summary>The leaf of an addition.</summary>
    /// <param name="salt">16 random bytes, without which nobody can tell which hash a leaf is of.</param>
    /// <param name="hash">The PDQ hash, 32 bytes.</param>
    public static byte[] AdditionLeaf(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> hash)
    {
        ReadOnlySpan<byte> context = "hashmatch/feed/add/v1"u8;
        Span<byte> all = stackalloc byte[context.Length + SaltByteCount + HashByteCount];
        context.CopyTo(all);
        salt.CopyTo(all[context.Length..]);
        hash.CopyTo(all[(context.Length + SaltByteCount)..]);
        return SHA256.HashData(all);
    }

    /// <summary>The leaf of a withdrawal.</summary>
    /// <param name="position">The position of the addition that is withdrawn.</param>
    public static byte[] WithdrawalLeaf(ulong position) =>
        SHA256.HashData([.. "hashmatch/feed/withdraw/v1"u8, .. BigEndian(position)]);

    /// <summary>What the signature of a checkpoint covers.</summary>
    /// <param name="checkpoint">All of it but <see cref="Checkpoint.KeyId"/> and the signature itself.</param>
    public static byte[] SignedBytes(Checkpoint checkpoint) =>
    [
        .. "hashmatch/feed/checkpoint/v1"u8,
        .. checkpoint.At.Epoch.Span,
        .. BigEndian(checkpoint.At.Position),
        .. checkpoint.At.Chain.Span,
        .. BigEndian(checkpoint.LiveCount),
        checked((byte)checkpoint.SnapshotDigest.Length),
        .. checkpoint.SnapshotDigest.Span,
        .. Encoding.UTF8.GetBytes(checkpoint.Day),
    ];

    /// <summary>What the previous key signs to make another its successor.</summary>
    /// <param name="publicKey">The new key's point, 64 bytes.</param>
    public static byte[] SignedBytes(ReadOnlySpan<byte> publicKey) => [.. "hashmatch/feed/key/v1"u8, .. publicKey];

    /// <summary>Adds a live entry to the digest of a snapshot; entries come in the order of their positions.</summary>
    /// <param name="digest">A SHA-256 that is being computed.</param>
    /// <param name="position">The position of the entry's addition.</param>
    /// <param name="hash">The PDQ hash, 32 bytes.</param>
    public static void AppendLive(IncrementalHash digest, ulong position, ReadOnlySpan<byte> hash)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong) + HashByteCount];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, position);
        hash.CopyTo(bytes[sizeof(ulong)..]);
        digest.AppendData(bytes);
    }

    private static byte[] BigEndian(ulong number)
    {
        byte[] bytes = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, number);
        return bytes;
    }
}
