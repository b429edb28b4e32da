using System.Buffers.Binary;
using System.Numerics;

namespace HashMatch.Matching;

/// <summary>A 256-bit perceptual hash. Similar pictures have hashes at a small Hamming distance.</summary>
/// <remarks>
/// The default value is all zeros, which no picture with visible detail produces. A hash says much about its picture
/// (arXiv 2412.06056), so <see cref="ToString"/> does not show it; <see cref="ToHex"/> does.
/// </remarks>
public readonly record struct Hash256
{
    /// <summary>The size of a hash in bytes: 32.</summary>
    public const int ByteCount = 32;

    /// <summary>The size of a hash in bits: 256, which is also the greatest distance.</summary>
    public const int BitCount = 256;

    /// <summary>The length of a hash in hexadecimal digits: 64.</summary>
    public const int HexLength = 64;

    // Word i holds the bits 64*i to 64*i + 63; bit k of the hash weighs 2^k.
    private readonly ulong _word0;
    private readonly ulong _word1;
    private readonly ulong _word2;
    private readonly ulong _word3;

    /// <summary>Makes a hash of its four words, the least significant first.</summary>
    /// <param name="word0">Bits 0 to 63.</param>
    /// <param name="word1">Bits 64 to 127.</param>
    /// <param name="word2">Bits 128 to 191.</param>
    /// <param name="word3">Bits 192 to 255.</param>
    public Hash256(ulong word0, ulong word1, ulong word2, ulong word3)
    {
        _word0 = word0;
        _word1 = word1;
        _word2 = word2;
        _word3 = word3;
    }

    /// <summary>Reads a hash from its bytes: the 256-bit number, big-endian, as on the wire.</summary>
    /// <param name="bytes">Exactly 32 bytes.</param>
    /// <exception cref="ArgumentException"><paramref name="bytes"/> is not 32 bytes long.</exception>
    public Hash256(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != ByteCount)
        {
            throw new ArgumentException("A hash is 32 bytes long.", nameof(bytes));
        }

        _word3 = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _word2 = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        _word1 = BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]);
        _word0 = BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]);
    }

    /// <summary>The number of bits that are set, from 0 to 256. A PDQ hash has 128, or a few less.</summary>
    public int PopCount =>
        BitOperations.PopCount(_word0)
        + BitOperations.PopCount(_word1)
        + BitOperations.PopCount(_word2)
        + BitOperations.PopCount(_word3);

    /// <summary>Reads a hash from 64 hexadecimal digits of either case, as <see cref="ToHex"/> writes them.</summary>
    /// <param name="text">The digits, without white space or prefix.</param>
    /// <param name="hash">The hash, or the default value if there is none.</param>
    /// <returns>Whether <paramref name="text"/> is a hash.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out Hash256 hash)
    {
        Span<byte> bytes = stackalloc byte[ByteCount];
        if (text.Length != HexLength
            || Convert.FromHexString(text, bytes, out _, out _) != System.Buffers.OperationStatus.Done)
        {
            hash = default;
            return false;
        }

        hash = new Hash256(bytes);
        return true;
    }

    /// <summary>Counts the bits that differ from <paramref name="other"/>.</summary>
    /// <param name="other">The hash to compare with.</param>
    /// <returns>A number from 0 (the same hash) to 256.</returns>
    public int DistanceTo(Hash256 other) =>
        BitOperations.PopCount(_word0 ^ other._word0)
        + BitOperations.PopCount(_word1 ^ other._word1)
        + BitOperations.PopCount(_word2 ^ other._word2)
        + BitOperations.PopCount(_word3 ^ other._word3);

    /// <summary>Reads one of the four 64-bit words, the least significant first.</summary>
    /// <param name="index">0 to 3.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is not from 0 to 3.</exception>
    public ulong GetWord(int index) => index switch
    {
        0 => _word0,
        1 => _word1,
        2 => _word2,
        3 => _word3,
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    /// <summary>Writes the hash as the 32 bytes of a big-endian number.</summary>
    /// <param name="destination">At least 32 bytes.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is shorter than 32 bytes.</exception>
    public void WriteBytes(Span<byte> destination)
    {
        if (destination.Length < ByteCount)
        {
            throw new ArgumentException("A hash needs 32 bytes.", nameof(destination));
        }

        BinaryPrimitives.WriteUInt64BigEndian(destination, _word3);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _word2);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], _word1);
        BinaryPrimitives.WriteUInt64BigEndian(destination[24..], _word0);
    }

    /// <summary>Gives the hash as the 32 bytes of a big-endian number.</summary>
    public byte[] ToByteArray()
    {
        byte[] bytes = new byte[ByteCount];
        WriteBytes(bytes);
        return bytes;
    }

    /// <summary>Writes the hash out as 64 lower-case hexadecimal digits, most significant first.</summary>
    /// <remarks>What this returns is as sensitive as the picture: it belongs in no log, message or URL.</remarks>
    public string ToHex()
    {
        Span<byte> bytes = stackalloc byte[ByteCount];
        WriteBytes(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    /// <summary>Gives a text that does not show the hash.</summary>
    public override string ToString() => "Hash256(redacted)";
}
