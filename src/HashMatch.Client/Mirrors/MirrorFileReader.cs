using System.Buffers.Binary;
using System.Security.Cryptography;

namespace HashMatch.Client.Mirrors;

/// <summary>Reads a mirror's file from its beginning to the last whole record.</summary>
/// <remarks>
/// What is read is only to be used when it came to its end: a digest follows what it covers. Whatever else than the cut
/// of its last record is wrong with the file gives <see cref="InvalidDataException"/>.
/// </remarks>
internal sealed class MirrorFileReader
{
    private const int ChunkSize = 4_096 * MirrorFileFormat.EntrySize;

    /// <summary>Is told each addition, in the order of their positions.</summary>
    public required Action<ListEntry> OnAddition { get; init; }

    /// <summary>Is told the position of each bare addition.</summary>
    public required Action<ulong> OnBare { get; init; }

    /// <summary>Is told the position of each addition that ended.</summary>
    public required Action<ulong> OnWithdrawn { get; init; }

    /// <summary>Reads a file.</summary>
    /// <returns>Where its last whole record ends.</returns>
    public MirrorFileEnd Read(string path)
    {
        using var file = new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1 << 20);
        try
        {
            (FeedState state, byte[] seal, long start) = ReadBody(file);
            return ReadRecords(file, state, seal, start);
        }
        catch (EndOfStreamException)
        {
            throw new InvalidDataException("The mirror's file is cut short.");
        }
    }

    private (FeedState State, byte[] Seal, long End) ReadBody(FileStream file)
    {
        byte[] header = new byte[MirrorFileFormat.HeaderSize];
        file.ReadExactly(header);
        (long entries, long bare, FeedState state) = MirrorFileFormat.ReadHeader(header);

        // Before the counts are believed, the file must be as long as they say.
        if (entries < 0 || entries > file.Length || bare < 0 || bare > file.Length
            || file.Length - file.Position
                < (entries * MirrorFileFormat.EntrySize) + (bare * sizeof(ulong)) + MirrorFileFormat.DigestSize)
        {
            throw new InvalidDataException("The mirror's file is cut short.");
        }

        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        ReadParts(
            file,
            entries,
            MirrorFileFormat.EntrySize,
            digest,
            bytes => OnAddition(MirrorFileFormat.ReadEntry(bytes)));
        ReadParts(
            file, bare, sizeof(ulong), digest, bytes => OnBare(BinaryPrimitives.ReadUInt64BigEndian(bytes)));
        digest.AppendData(header);
        byte[] seal = new byte[MirrorFileFormat.DigestSize];
        file.ReadExactly(seal);
        return seal.AsSpan().SequenceEqual(digest.GetHashAndReset())
            ? (state, seal, file.Position)
            : throw new InvalidDataException("The mirror's file is damaged.");
    }

    private static void ReadParts(
        FileStream file, long count, int size, IncrementalHash digest, Action<ReadOnlySpan<byte>> onPart)
    {
        byte[] chunk = new byte[ChunkSize];
        long left = count * size;
        while (left > 0)
        {
            int length = (int)Math.Min(left, chunk.Length);
            file.ReadExactly(chunk, 0, length);
            digest.AppendData(chunk, 0, length);
            for (int i = 0; i < length; i += size)
            {
                onPart(chunk.AsSpan(i, size));
            }

            left -= length;
        }
    }

    private MirrorFileEnd ReadRecords(FileStream file, FeedState state, byte[] seal, long start)
    {
        byte[] last = seal;
        long end = start;
        bool hasWithdrawn = false;
        byte[] head = new byte[MirrorFileFormat.RecordHeadSize];
        while (file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length)
        {
            byte[] record = new byte[MirrorFileFormat.ReadRecordSize(head) + MirrorFileFormat.DigestSize];
            if (file.ReadAtLeast(record, record.Length, throwOnEndOfStream: false) < record.Length)
            {
                break;
            }

            ReadOnlySpan<byte> content = record.AsSpan(0, record.Length - MirrorFileFormat.DigestSize);
            last = MirrorFileFormat.Digest(last, content);
            if (!record.AsSpan(content.Length).SequenceEqual(last))
            {
                throw new InvalidDataException("A record of the mirror's file is damaged.");
            }

            FeedChanges changes = MirrorFileFormat.ReadRecord(content, state.Epoch);
            foreach (ListEntry entry in changes.Additions)
            {
                OnAddition(entry);
            }

            foreach (ulong position in changes.Bare)
            {
                OnBare(position);
            }

            foreach (ulong position in changes.Withdrawn)
            {
                OnWithdrawn(position);
            }

            hasWithdrawn |= changes.Withdrawn.Count > 0;
            state = changes.After;
            end += head.Length + record.Length;
        }

        return new MirrorFileEnd(state, start, end, last, hasWithdrawn);
    }
}
