using System.Buffers.Binary;
using System.Security.Cryptography;

namespace HashMatch.Service.Storage;

/// <summary>Makes row ids that tell nothing of when a row was written.</summary>
public static class RandomId
{
    /// <summary>Gives a random number from 0 to 2^63 - 1.</summary>
    public static long Next()
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        RandomNumberGenerator.Fill(bytes);
        return BinaryPrimitives.ReadInt64LittleEndian(bytes) & long.MaxValue;
    }
}
