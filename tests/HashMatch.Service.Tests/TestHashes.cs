using HashMatch.Client;
using HashMatch.Matching;
using HashMatch.Protocol;

namespace HashMatch.Service.Tests;

/// <summary>Made-up hashes of the shape that PDQ gives: 128 bits set.</summary>
public static class TestHashes
{
    /// <summary>A hash that depends on its seed alone.</summary>
    public static Hash256 Make(int seed)
    {
        var random = new Random(seed);
        int[] bits = [.. Enumerable.Range(0, Hash256.BitCount)];
        random.Shuffle(bits);
        ulong[] words = new ulong[4];
        foreach (int bit in bits[..128])
        {
            words[bit / 64] |= 1UL << (bit % 64);
        }

        return new Hash256(words[0], words[1], words[2], words[3]);
    }

    /// <summary>A hash at an even distance: as many bits are set as are cleared.</summary>
    public static Hash256 At(Hash256 hash, int distance)
    {
        byte[] bytes = hash.ToByteArray();
        int set = distance / 2;
        int clear = distance - set;
        for (int bit = 0; bit < Hash256.BitCount && set + clear > 0; bit++)
        {
            ref byte part = ref bytes[bit / 8];
            int mask = 1 << (bit % 8);
            if ((part & mask) == 0 && set > 0)
            {
                part |= (byte)mask;
                set--;
            }
            else if ((part & mask) != 0 && clear > 0)
            {
                part &= (byte)~mask;
                clear--;
            }
        }

        return new Hash256(bytes);
    }

    /// <summary>Registers each hash as a picture of its own and gives the receipts.</summary>
    public static async Task<List<PictureReceipt>> RegisterAsync(
        this CaseClient client, CaseKey key, params Hash256[] hashes) =>
        await client
            .RegisterAsync(key, AgeGroup.Adult, Pictures(hashes), TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);

    public static List<IReadOnlyList<Hashing.Fingerprint>> Pictures(IEnumerable<Hash256> hashes) =>
        [.. hashes.Select(hash => new[] { new Hashing.Fingerprint(hash, 100) })];

    /// <summary>
    /// Asks until the answer holds as many matches as expected; the sequencer needs some milliseconds.
    /// </summary>
    public static async Task<IReadOnlyList<Match>> MatchesAsync(this MatchClient client, Hash256 hash, int expected)
    {
        var patience = System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            IReadOnlyList<HashMatches> results = await client.MatchAsync(
                [hash], cancellationToken: TestContext.Current.CancellationToken);
            if (results[0].Matches.Count == expected || patience.Elapsed > TimeSpan.FromSeconds(10))
            {
                return results[0].Matches;
            }

            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }
}
