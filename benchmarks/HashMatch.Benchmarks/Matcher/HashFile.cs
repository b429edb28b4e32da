using System.Buffers.Binary;
using System.Runtime.InteropServices;
using HashMatch.Matching;

namespace HashMatch.Benchmarks.Matcher;

/// <summary>
/// A file of hashes without header: 32 bytes each, which are four little-endian words, the least significant first.
/// </summary>
internal static class HashFile
{
    /// <summary>Reads all of it.</summary>
    /// <exception cref="MatcherFailure">It is missing, unreadable, empty, or not a whole number of hashes.</exception>
    public static Hash256[] Read(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            if (file.Length == 0)
            {
                throw new MatcherFailure($"{path} is empty: it holds no hash.");
            }

            if (file.Length % Hash256.ByteCount != 0)
            {
                throw new MatcherFailure($"{path} is not a whole number of hashes: 32 bytes each.");
            }

            if (file.Length / Hash256.ByteCount > MatcherQuestion.MaxSize)
            {
                throw new MatcherFailure($"{path} holds more than {MatcherQuestion.MaxSize} hashes.");
            }

            // A hash in memory is its four words in this order too.
            var hashes = new Hash256[file.Length / Hash256.ByteCount];
            ReadWords(file, hashes);
            return hashes;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MatcherFailure($"{path} cannot be read: {error.Message}");
        }
    }

    private static void ReadWords(FileStream file, Hash256[] hashes)
    {
        // In steps, as a span of bytes ends at 2 GB.
        const int Step = 1 << 20;
        for (int start = 0; start < hashes.Length; start += Step)
        {
            Span<Hash256> step = hashes.AsSpan(start, Math.Min(Step, hashes.Length - start));
            file.ReadExactly(MemoryMarshal.AsBytes(step));
            if (!BitConverter.IsLittleEndian)
            {
                Span<ulong> words = MemoryMarshal.Cast<Hash256, ulong>(step);
                BinaryPrimitives.ReverseEndianness(words, words);
            }
        }
    }
}
