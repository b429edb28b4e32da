using System.Numerics;
using HashMatch.Matching;

namespace HashMatch.Tests.Matching;

/// <summary>Made-up lists of hashes of any length, and queries for them; always the same ones.</summary>
/// <remarks>
/// A shorter list is the beginning of a longer one. Ten million hashes take about two seconds.
/// </remarks>
internal sealed class HashSets
{
    /// <summary>The most bits in which a query differs from the registered hash that it was made of.</summary>
    public const int MaxFlips = 31;

    // Each chunk has random numbers of its own, so that one can be made without those before it.
    private const int Chunk = 4096;
    private const int Half = Hash256.BitCount / 2;

    // Streams of random numbers apart from those of the chunks, which are counted from 0.
    private const ulong CentreStream = ulong.MaxValue;
    private const ulong FlipStream = ulong.MaxValue - 1;
    private const ulong NewStream = 1UL << 40;
    private const ulong OtherStream = 1UL << 41;

    // Shares in 2^24.
    private const uint SkewFlips = (uint)(0.20 * (1 << 24));
    private const uint ZipfFlips = (uint)(0.10 * (1 << 24));

    private readonly HashSetKind _kind;
    private readonly ulong _seed;
    private readonly Hash256[] _centres;

    // For Zipf: the weights of the centres up to each one, of 1 in all.
    private readonly double[] _weights = [];

    public HashSets(HashSetKind kind, int seed = 1)
    {
        _kind = kind;
        _seed = ((ulong)(uint)seed << 8) + (ulong)kind;
        _centres = new Hash256[kind switch
        {
            HashSetKind.Uniform => 0,
            HashSetKind.Skew => 1_000,
            HashSetKind.Zipf => 10_000,
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        }];
        var random = new RandomBits(_seed, CentreStream);
        foreach (ref Hash256 centre in _centres.AsSpan())
        {
            centre = Balanced(ref random);
        }

        if (kind == HashSetKind.Zipf)
        {
            _weights = Weights(_centres.Length);
        }
    }

    /// <summary>The centres of the clusters, the heaviest first; none if the set is uniform.</summary>
    public ReadOnlySpan<Hash256> Centres => _centres;

    /// <summary>Makes the list.</summary>
    public Hash256[] Create(int count)
    {
        Hash256[] hashes = GC.AllocateUninitializedArray<Hash256>(count);
        Fill(hashes, 0);
        return hashes;
    }

    /// <summary>Makes queries: at even places registered hashes with 0 to 31 bits flipped, else new ones.</summary>
    /// <param name="registered">The list; if it is empty, all queries are new.</param>
    /// <param name="count">How many.</param>
    public Hash256[] CreateQueries(ReadOnlySpan<Hash256> registered, int count)
    {
        var queries = new Hash256[count];
        Fill(queries, NewStream);
        var random = new RandomBits(_seed, FlipStream);
        for (int i = 0; i < count && !registered.IsEmpty; i += 2)
        {
            Hash256 hash = registered[random.NextBelow(registered.Length)];
            queries[i] = Flip(hash, random.NextBelow(MaxFlips + 1), ref random);
        }

        return queries;
    }

    /// <summary>Makes hashes spread alike that are neither in the list nor among the queries.</summary>
    public Hash256[] CreateOthers(int count)
    {
        Hash256[] hashes = GC.AllocateUninitializedArray<Hash256>(count);
        Fill(hashes, OtherStream);
        return hashes;
    }

    private static Hash256 Flip(Hash256 hash, int count, ref RandomBits random)
    {
        Span<ulong> mask = stackalloc ulong[4];
        mask.Clear();
        for (int flipped = 0; flipped < count;)
        {
            int bit = random.NextBelow(Hash256.BitCount);
            ulong one = 1UL << (bit % 64);
            flipped += (mask[bit / 64] & one) == 0 ? 1 : 0;
            mask[bit / 64] |= one;
        }

        return Xor(hash, mask[0], mask[1], mask[2], mask[3]);
    }

    // Random bits, of which too many or too few are set; then as many of those, at random, are flipped. Nothing of this
    // prefers one place to another, so that all hashes with half of their bits set are equally likely.
    private static Hash256 Balanced(ref RandomBits random)
    {
        Span<ulong> words = [random.Next(), random.Next(), random.Next(), random.Next()];
        int set = 0;
        foreach (ulong word in words)
        {
            set += BitOperations.PopCount(word);
        }

        ulong wanted = set > Half ? 0UL : 1UL;
        ulong choices = 0;
        int unused = 0;
        for (int left = Math.Abs(set - Half); left > 0; choices >>= 8, unused--)
        {
            // A random word is eight choices of one place in 256.
            if (unused == 0)
            {
                choices = random.Next();
                unused = 8;
            }

            int bit = (int)(choices & 0xFF);
            if ((words[bit / 64] >> (bit % 64) & 1) != wanted)
            {
                words[bit / 64] ^= 1UL << (bit % 64);
                left--;
            }
        }

        return new Hash256(words[0], words[1], words[2], words[3]);
    }

    private static Hash256 Xor(Hash256 hash, ulong word0, ulong word1, ulong word2, ulong word3) => new(
        hash.GetWord(0) ^ word0, hash.GetWord(1) ^ word1, hash.GetWord(2) ^ word2, hash.GetWord(3) ^ word3);

    private static double[] Weights(int count)
    {
        double[] weights = new double[count];
        double sum = 0;
        for (int i = 0; i < count; i++)
        {
            sum += 1.0 / (i + 1);
            weights[i] = sum;
        }

        for (int i = 0; i < count; i++)
        {
            weights[i] /= sum;
        }

        return weights;
    }

    private void Fill(Span<Hash256> hashes, ulong stream)
    {
        for (int start = 0; start < hashes.Length; start += Chunk, stream++)
        {
            var random = new RandomBits(_seed, stream);
            foreach (ref Hash256 hash in hashes.Slice(start, Math.Min(Chunk, hashes.Length - start)))
            {
                hash = Next(ref random);
            }
        }
    }

    private Hash256 Next(ref RandomBits random)
    {
        switch (_kind)
        {
            case HashSetKind.Skew when (random.Next() & 1) != 0:
                return Around(_centres[random.NextBelow(_centres.Length)], SkewFlips, ref random);
            case HashSetKind.Zipf when random.NextBelow(10) == 0:
                int found = Array.BinarySearch(_weights, random.NextShare());
                int centre = Math.Min(found < 0 ? ~found : found, _centres.Length - 1);
                return Around(_centres[centre], ZipfFlips, ref random);
            default:
                return Balanced(ref random);
        }
    }

    private static Hash256 Around(Hash256 centre, uint flips, ref RandomBits random) => Xor(
        centre,
        random.NextSparse(flips),
        random.NextSparse(flips),
        random.NextSparse(flips),
        random.NextSparse(flips));
}
