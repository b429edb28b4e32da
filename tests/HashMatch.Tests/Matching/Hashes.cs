using HashMatch.Matching;

namespace HashMatch.Tests.Matching;

/// <summary>Made-up hashes for tests.</summary>
internal static class Hashes
{
    public static Hash256 Random(Random random)
    {
        Span<byte> bytes = stackalloc byte[Hash256.ByteCount];
        random.NextBytes(bytes);
        return new Hash256(bytes);
    }

    /// <summary>Gives a hash exactly so many bits away.</summary>
    public static Hash256 Near(Hash256 hash, int distance, Random random)
    {
        int[] bits = [.. Enumerable.Range(0, Hash256.BitCount)];
        random.Shuffle(bits);
        Span<ulong> words = [hash.GetWord(0), hash.GetWord(1), hash.GetWord(2), hash.GetWord(3)];
        foreach (int bit in bits.AsSpan(0, distance))
        {
            words[bit / 64] ^= 1UL << (bit % 64);
        }

        return new Hash256(words[0], words[1], words[2], words[3]);
    }

    /// <summary>Gives hashes of which some are random, some equal and some at a distance from an earlier one.</summary>
    public static Hash256[] Clustered(int count, Random random)
    {
        var hashes = new Hash256[count];
        for (int i = 0; i < count; i++)
        {
            hashes[i] = i == 0 || random.Next(3) == 0
                ? Random(random)
                : Near(hashes[random.Next(i)], random.Next(4) == 0 ? random.Next(257) : random.Next(66), random);
        }

        return hashes;
    }
}
