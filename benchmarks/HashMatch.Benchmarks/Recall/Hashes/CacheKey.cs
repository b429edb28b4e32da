using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace HashMatch.Benchmarks.Recall.Hashes;

/// <summary>What hashes depend on (the photo, the edit, the set of views, the tool), as a digest of 128 bits.</summary>
internal readonly record struct CacheKey
{
    public const int ByteCount = 16;

    private readonly ulong _first;
    private readonly ulong _second;

    private CacheKey(ReadOnlySpan<byte> bytes)
    {
        _first = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        _second = BinaryPrimitives.ReadUInt64LittleEndian(bytes[sizeof(ulong)..]);
    }

    /// <summary>Makes a key of texts; where one ends and the next begins counts.</summary>
    public static CacheKey Of(params IEnumerable<string> parts) => new(
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(parts.Select(part => $"{part.Length}:{part}")))));

    public static CacheKey Read(ReadOnlySpan<byte> bytes) => new(bytes);

    public void WriteBytes(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(destination, _first);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[sizeof(ulong)..], _second);
    }
}
