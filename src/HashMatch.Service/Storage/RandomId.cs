using System.Buffers.Binary;
using System.Runtime.InteropServices;
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

    /// <summary>Gives so many of them; faster than one by one.</summary>
    public static long[] Next(int count)
    {
        long[] ids = new long[count];
        RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(ids.AsSpan()));
        for (int i = 0; i < ids.Length; i++)
        {
            ids[i] &= long.MaxValue;
        }

        return ids;
    }
}
