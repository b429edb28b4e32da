using System.Buffers.Binary;
using System.Security.Cryptography;
using HashMatch.Matching.Live;
using Microsoft.Win32.SafeHandles;

namespace HashMatch.Matching.Files;

/// <summary>
/// Reads the files of the first version, so that a service that is brought up to date starts from its own.
/// </summary>
internal static class IndexFileVersion1
{
    public const uint Version = 1;

    private const int EntriesPerBlock = 2048;
    private const int WordsPerEntry = 5;

    /// <summary>Reads and checks all behind the header: blocks of columns, one digest of everything.</summary>
    public static (EntryBook Book, byte[] Label) Read(
        SafeFileHandle file, byte[] header, uint labelLength, ulong count, CancellationToken cancellationToken)
    {
        IndexFileReader.CheckLength(
            file,
            labelLength,
            count,
            IndexFile.HeaderLength
                + (UInt128)labelLength
                + ((UInt128)count * (WordsPerEntry * sizeof(ulong)))
                + IndexFile.DigestLength);
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        digest.AppendData(header);
        long offset = header.Length;
        byte[] label = new byte[labelLength];
        Read(label);
        var book = new EntryBook();
        ulong[] columns = new ulong[EntriesPerBlock * WordsPerEntry];
        var hashes = new Hash256[EntriesPerBlock];
        for (ulong first = 0; first < count; first += EntriesPerBlock)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int length = (int)Math.Min(EntriesPerBlock, count - first);
            Span<ulong> words = columns.AsSpan(0, length * WordsPerEntry);
            Read(IndexFile.Bytes(words));
            if (!BitConverter.IsLittleEndian)
            {
                BinaryPrimitives.ReverseEndianness(words, words);
            }

            for (int i = 0; i < length; i++)
            {
                hashes[i] = new Hash256(
                    words[length + i], words[(2 * length) + i], words[(3 * length) + i], words[(4 * length) + i]);
            }

            if (book.AddRange(hashes.AsSpan(0, length), words[..length], default) < length)
            {
                throw new InvalidDataException("The index file names an entry twice.");
            }
        }

        byte[] expected = new byte[IndexFile.DigestLength];
        IndexFileReader.ReadExactly(file, expected, offset);
        return digest.GetHashAndReset().AsSpan().SequenceEqual(expected)
            ? (book, label)
            : throw new InvalidDataException("The index file was changed or damaged: its digest is not right.");

        void Read(Span<byte> bytes)
        {
            IndexFileReader.ReadExactly(file, bytes, offset);
            digest.AppendData(bytes);
            offset += bytes.Length;
        }
    }
}
