using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using HashMatch.Matching.Live;
using HashMatch.Matching.Memory;
using Microsoft.Win32.SafeHandles;

namespace HashMatch.Matching.Files;

/// <summary>Reads an index's file.</summary>
internal static class IndexFileReader
{
    /// <summary>Reads and checks all of it.</summary>
    public static (EntryBook Book, byte[] Label) Read(string path, CancellationToken cancellationToken)
    {
        using SafeFileHandle file = File.OpenHandle(
            path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, FileOptions.SequentialScan);
        byte[] header = new byte[IndexFile.HeaderLength];
        ReadExactly(file, header, 0);
        if (!header.AsSpan().StartsWith(IndexFile.Magic))
        {
            throw new InvalidDataException("The file is not an index file.");
        }

        uint labelLength = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(IndexFile.LabelLengthOffset));
        ulong count = BinaryPrimitives.ReadUInt64LittleEndian(header.AsSpan(IndexFile.CountOffset));
        return BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(IndexFile.VersionOffset)) switch
        {
            IndexFile.Version => ReadVersion2(file, header, labelLength, count, cancellationToken),
            IndexFileVersion1.Version =>
                IndexFileVersion1.Read(file, header, labelLength, count, cancellationToken),
            _ => throw new InvalidDataException("The index file is of a version that this program does not read."),
        };
    }

    /// <summary>Reads from an offset on, and refuses a file that ends before.</summary>
    public static void ReadExactly(SafeFileHandle file, Span<byte> bytes, long offset)
    {
        while (!bytes.IsEmpty)
        {
            int read = RandomAccess.Read(file, bytes, offset);
            if (read == 0)
            {
                throw new InvalidDataException("The index file ends too early.");
            }

            bytes = bytes[read..];
            offset += read;
        }
    }

    /// <summary>Refuses a file that is not as long as its header says, before anything is allocated for it.</summary>
    public static void CheckLength(SafeFileHandle file, uint labelLength, ulong count, UInt128 length)
    {
        if (labelLength > SavedIndex.MaxLabelLength
            || count > SlotStore.MaxCapacity
            || length != (UInt128)RandomAccess.GetLength(file))
        {
            throw new InvalidDataException("The index file is not as long as it says.");
        }
    }

    private static (EntryBook Book, byte[] Label) ReadVersion2(
        SafeFileHandle file, byte[] header, uint labelLength, ulong count, CancellationToken cancellationToken)
    {
        CheckLength(file, labelLength, count, IndexFile.Length(labelLength, count));
        byte[] label = new byte[labelLength];
        ReadExactly(file, label, IndexFile.HeaderLength);
        byte[] digests = new byte[(IndexFile.BlocksFor((int)count) + 1) * IndexFile.DigestLength];
        ReadExactly(file, digests, (long)IndexFile.DigestsAt(labelLength, count));
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        digest.AppendData(header);
        digest.AppendData(label);
        digest.AppendData(digests.AsSpan()[..^IndexFile.DigestLength]);
        if (!digest.GetHashAndReset().AsSpan().SequenceEqual(digests.AsSpan()[^IndexFile.DigestLength..]))
        {
            throw Changed();
        }

        var store = SlotStore.Create((int)count, BlockSource.Machine);
        bool isTaken = false;
        try
        {
            var blocks = new BlockReader(file, IndexFile.HeaderLength + labelLength, digests, store, (int)count);
            if (!blocks.ReadAll(cancellationToken))
            {
                throw Changed();
            }

            var book = new EntryBook(store, (int)count);
            isTaken = true;
            return (book, label);
        }
        finally
        {
            if (!isTaken)
            {
                store.Dispose();
            }
        }
    }

    private static InvalidDataException Changed() =>
        new("The index file was changed or damaged: a digest is not right.");

    private sealed unsafe class BlockReader(SafeFileHandle file, long start, byte[] digests, SlotStore store, int count)
    {
        // Every processor reads and digests.
        public bool ReadAll(CancellationToken cancellationToken)
        {
            bool isRight = true;
            try
            {
                Parallel.For(
                    0,
                    IndexFile.BlocksFor(count),
                    new ParallelOptions { CancellationToken = cancellationToken },
                    (block, loop) =>
                    {
                        if (!IsRight(block))
                        {
                            isRight = false;
                            loop.Stop();
                        }
                    });
            }
            catch (AggregateException exception)
            {
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
            }

            return isRight;
        }

        private bool IsRight(int block)
        {
            int first = block * IndexFile.EntriesPerBlock;
            int entries = IndexFile.EntriesIn(block, count);
            var ids = new Span<ulong>(store.Ids + first, entries);
            Span<byte> labels = new(store.Labels + first, entries);
            Span<Hash256> hashes = store.Rows.Span.Slice(first, entries);
            using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            long offset = start + ((long)first * IndexFile.BytesPerEntry);
            offset = Read(IndexFile.Bytes(ids), offset, digest);
            offset = Read(labels, offset, digest);
            _ = Read(IndexFile.Bytes(hashes), offset, digest);
            if (!BitConverter.IsLittleEndian)
            {
                BinaryPrimitives.ReverseEndianness(ids, ids);
                Span<ulong> words = MemoryMarshal.Cast<Hash256, ulong>(hashes);
                BinaryPrimitives.ReverseEndianness(words, words);
            }

            return digest.GetHashAndReset().AsSpan().SequenceEqual(
                digests.AsSpan(block * IndexFile.DigestLength, IndexFile.DigestLength));
        }

        private long Read(Span<byte> bytes, long offset, IncrementalHash digest)
        {
            ReadExactly(file, bytes, offset);
            digest.AppendData(bytes);
            return offset + bytes.Length;
        }
    }
}
