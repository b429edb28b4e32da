using System.Buffers.Binary;
using System.Security.Cryptography;

namespace HashMatch.Matching;

/// <summary>Reads an index's file.</summary>
internal static class IndexFileReader
{
    // 2.6 MB: long enough that handing over from one thread to the other does not count.
    private const int BlocksPerStep = 32;

    /// <summary>Reads and checks all of it.</summary>
    public static async Task<IndexFileContent> ReadAsync(string path, CancellationToken cancellationToken)
    {
        using var file = new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 0, FileOptions.SequentialScan);
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        (int count, byte[] label) = ReadHeader(file, digest);

        // One thread reads and digests, another finds the place of each id: either takes about half of the time.
        var rows = new Dictionary<ulong, int>(count);
        var blocks = new RowBlock[IndexFile.BlocksFor(count)];
        Task adding = Task.CompletedTask;
        for (int step = 0; step < blocks.Length; step += BlocksPerStep)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int start = step;
            int end = Math.Min(start + BlocksPerStep, blocks.Length);
            for (int block = start; block < end; block++)
            {
                blocks[block] = ReadBlock(file, digest, IndexFile.RowsIn(block, count));
            }

            await adding.ConfigureAwait(false);
            adding = Task.Run(() => AddIds(rows, blocks, start, end, count), cancellationToken);
        }

        await adding.ConfigureAwait(false);
        byte[] expected = new byte[IndexFile.DigestLength];
        ReadExactly(file, expected);
        return digest.GetHashAndReset().AsSpan().SequenceEqual(expected)
            ? new IndexFileContent(blocks, count, rows, label)
            : throw new InvalidDataException("The index file was changed or damaged: its digest is not right.");
    }

    private static (int Count, byte[] Label) ReadHeader(FileStream file, IncrementalHash digest)
    {
        byte[] header = new byte[IndexFile.HeaderLength];
        ReadExactly(file, header);
        if (!header.AsSpan().StartsWith(IndexFile.Magic))
        {
            throw new InvalidDataException("The file is not an index file.");
        }

        if (BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(IndexFile.VersionOffset)) != IndexFile.Version)
        {
            throw new InvalidDataException("The index file is of a version that this program does not read.");
        }

        uint labelLength = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(IndexFile.LabelLengthOffset));
        ulong count = BinaryPrimitives.ReadUInt64LittleEndian(header.AsSpan(IndexFile.CountOffset));
        if (labelLength > SavedIndex.MaxLabelLength
            || count > int.MaxValue
            || IndexFile.Length(labelLength, count) != (UInt128)file.Length)
        {
            // Nothing is allocated for what the file says before its length bears it out.
            throw new InvalidDataException("The index file is not as long as it says.");
        }

        byte[] label = new byte[labelLength];
        ReadExactly(file, label);
        digest.AppendData(header);
        digest.AppendData(label);
        return ((int)count, label);
    }

    private static RowBlock ReadBlock(FileStream file, IncrementalHash digest, int rows)
    {
        RowBlock block = rows == IndexFile.RowsPerBlock ? RowBlock.CreateUninitialized() : new RowBlock();
        ReadColumn(file, digest, block.Ids[..rows]);
        for (int word = 0; word < 4; word++)
        {
            ReadColumn(file, digest, block.Column(word)[..rows]);
        }

        return block;
    }

    private static void ReadColumn(FileStream file, IncrementalHash digest, Span<ulong> column)
    {
        Span<byte> bytes = IndexFile.Bytes(column);
        ReadExactly(file, bytes);
        digest.AppendData(bytes);
        if (!BitConverter.IsLittleEndian)
        {
            BinaryPrimitives.ReverseEndianness(column, column);
        }
    }

    private static void ReadExactly(FileStream file, Span<byte> bytes)
    {
        if (file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
        {
            throw new InvalidDataException("The index file ends too early.");
        }
    }

    private static void AddIds(Dictionary<ulong, int> rows, RowBlock[] blocks, int start, int end, int count)
    {
        for (int block = start; block < end; block++)
        {
            int first = block * IndexFile.RowsPerBlock;
            ReadOnlySpan<ulong> ids = blocks[block].Ids[..IndexFile.RowsIn(block, count)];
            for (int i = 0; i < ids.Length; i++)
            {
                if (!rows.TryAdd(ids[i], first + i))
                {
                    throw new InvalidDataException("The index file names an entry twice.");
                }
            }
        }
    }
}
