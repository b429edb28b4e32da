using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace HashMatch.Client.Mirrors;

/// <summary>The bytes of a mirror's file. All numbers are big-endian.</summary>
/// <remarks>
/// Header (128 bytes): label, number of entries, number of bare additions, epoch, position, chain, live count, day.
/// Body: the entries, each as position, hash and id, then the positions of the bare additions. Seal: SHA-256 over body
/// and header. Then a record for each page since: its length and the complement of the length, the content, SHA-256
/// over the seal or digest before and the content. So nothing can be flipped, swapped or moved unseen; a record that
/// is cut short was being written when the process ended, and is passed over.
/// </remarks>
internal static class MirrorFileFormat
{
    public const int HeaderSize = 128;
    public const int EntrySize = 56;
    public const int DigestSize = SHA256.HashSizeInBytes;
    public const int RecordHeadSize = 8;

    /// <summary>More than a page of 4,096 changes takes.</summary>
    public const int MaxRecordSize = 1 << 20;

    private const int PositionAt = 0;
    private const int HashAt = 8;
    private const int IdAt = 40;
    private const int StateSize = 8 + 32 + 8 + 10;

    private static ReadOnlySpan<byte> Label => "hashmatch/mirror/list/v1\n\0\0\0\0\0\0\0"u8;

    /// <summary>Writes a header.</summary>
    public static byte[] Header(long entries, long bare, FeedState state)
    {
        byte[] header = new byte[HeaderSize];
        Label.CopyTo(header);
        BinaryPrimitives.WriteInt64BigEndian(header.AsSpan(32), entries);
        BinaryPrimitives.WriteInt64BigEndian(header.AsSpan(40), bare);
        state.Epoch.CopyTo(header, 48);
        WriteState(header.AsSpan(64), state);
        return header;
    }

    /// <summary>Reads a header.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static (long Entries, long Bare, FeedState State) ReadHeader(ReadOnlySpan<byte> header)
    {
        if (!header.StartsWith(Label))
        {
            throw new InvalidDataException("The mirror's file has another label.");
        }

        long entries = BinaryPrimitives.ReadInt64BigEndian(header[32..]);
        long bare = BinaryPrimitives.ReadInt64BigEndian(header[40..]);
        return (entries, bare, ReadState(header[64..], header[48..64].ToArray()));
    }

    /// <summary>Writes an entry into 56 bytes.</summary>
    public static void WriteEntry(Span<byte> bytes, ListEntry entry)
    {
        BinaryPrimitives.WriteUInt64BigEndian(bytes[PositionAt..], entry.Position);
        entry.Hash.WriteBytes(bytes[HashAt..]);
        BinaryPrimitives.WriteUInt128BigEndian(bytes[IdAt..], entry.Id);
    }

    /// <summary>Reads an entry from 56 bytes.</summary>
    public static ListEntry ReadEntry(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt64BigEndian(bytes[PositionAt..]),
        new Matching.Hash256(bytes[HashAt..IdAt]),
        BinaryPrimitives.ReadUInt128BigEndian(bytes[IdAt..]));

    /// <summary>Writes a record, whose digest becomes the last.</summary>
    public static byte[] Record(FeedChanges changes, ref byte[] lastDigest)
    {
        int size = StateSize + 12
            + (changes.Additions.Count * EntrySize)
            + ((changes.Bare.Count + changes.Withdrawn.Count) * sizeof(ulong));
        byte[] record = new byte[RecordHeadSize + size + DigestSize];
        BinaryPrimitives.WriteInt32BigEndian(record, size);
        BinaryPrimitives.WriteInt32BigEndian(record.AsSpan(4), ~size);
        Span<byte> rest = record.AsSpan(RecordHeadSize, size);
        WriteState(rest, changes.After);
        rest = rest[StateSize..];
        BinaryPrimitives.WriteInt32BigEndian(rest, changes.Additions.Count);
        BinaryPrimitives.WriteInt32BigEndian(rest[4..], changes.Bare.Count);
        BinaryPrimitives.WriteInt32BigEndian(rest[8..], changes.Withdrawn.Count);
        rest = rest[12..];
        foreach (ListEntry entry in changes.Additions)
        {
            WriteEntry(rest, entry);
            rest = rest[EntrySize..];
        }

        foreach (ulong position in changes.Bare.Concat(changes.Withdrawn))
        {
            BinaryPrimitives.WriteUInt64BigEndian(rest, position);
            rest = rest[sizeof(ulong)..];
        }

        lastDigest = Digest(lastDigest, record.AsSpan(RecordHeadSize, size));
        lastDigest.CopyTo(record, RecordHeadSize + size);
        return record;
    }

    /// <summary>Reads how long a record's content is.</summary>
    /// <exception cref="InvalidDataException">The length is not what was written.</exception>
    public static int ReadRecordSize(ReadOnlySpan<byte> head)
    {
        int size = BinaryPrimitives.ReadInt32BigEndian(head);
        return size == ~BinaryPrimitives.ReadInt32BigEndian(head[4..]) && size is >= StateSize + 12 and <= MaxRecordSize
            ? size
            : throw new InvalidDataException("A record of the mirror's file is damaged.");
    }

    /// <summary>Reads the content of a record whose digest is right.</summary>
    /// <exception cref="InvalidDataException">The lengths in it do not add up.</exception>
    public static FeedChanges ReadRecord(ReadOnlySpan<byte> content, byte[] epoch)
    {
        FeedState state = ReadState(content, epoch);
        ReadOnlySpan<byte> rest = content[StateSize..];
        long additions = BinaryPrimitives.ReadUInt32BigEndian(rest);
        long bare = BinaryPrimitives.ReadUInt32BigEndian(rest[4..]);
        long withdrawn = BinaryPrimitives.ReadUInt32BigEndian(rest[8..]);
        rest = rest[12..];
        if (rest.Length != (additions * EntrySize) + ((bare + withdrawn) * sizeof(ulong)))
        {
            throw new InvalidDataException("A record of the mirror's file is damaged.");
        }

        var entries = new ListEntry[additions];
        for (int i = 0; i < entries.Length; i++)
        {
            entries[i] = ReadEntry(rest);
            rest = rest[EntrySize..];
        }

        ulong[] barePositions = ReadPositions(rest, (int)bare);
        return new FeedChanges(
            entries, barePositions, ReadPositions(rest[((int)bare * sizeof(ulong))..], (int)withdrawn), state);
    }

    /// <summary>The digest of a record.</summary>
    public static byte[] Digest(ReadOnlySpan<byte> lastDigest, ReadOnlySpan<byte> content)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        digest.AppendData(lastDigest);
        digest.AppendData(content);
        return digest.GetHashAndReset();
    }

    private static ulong[] ReadPositions(ReadOnlySpan<byte> bytes, int count)
    {
        ulong[] positions = new ulong[count];
        for (int i = 0; i < count; i++)
        {
            positions[i] = BinaryPrimitives.ReadUInt64BigEndian(bytes[(i * sizeof(ulong))..]);
        }

        return positions;
    }

    private static void WriteState(Span<byte> bytes, FeedState state)
    {
        BinaryPrimitives.WriteUInt64BigEndian(bytes, state.Position);
        state.Chain.CopyTo(bytes[8..]);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[40..], state.LiveCount);
        Encoding.ASCII.GetBytes(state.Day, bytes[48..]);
    }

    private static FeedState ReadState(ReadOnlySpan<byte> bytes, byte[] epoch) => new(
        epoch,
        BinaryPrimitives.ReadUInt64BigEndian(bytes),
        bytes[8..40].ToArray(),
        BinaryPrimitives.ReadUInt64BigEndian(bytes[40..]),
        Encoding.ASCII.GetString(bytes[48..58]));
}
