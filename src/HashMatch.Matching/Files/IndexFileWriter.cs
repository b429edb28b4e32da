using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using HashMatch.Matching.Live;

namespace HashMatch.Matching.Files;

/// <summary>Writes an index's file.</summary>
internal static class IndexFileWriter
{
    private const string DraftSuffix = ".draft";
    private const int DraftIdLength = 32;

    /// <summary>Writes the entries of one moment.</summary>
    public static void Write(string path, byte[] label, SavedEntries entries, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        DeleteDrafts(path);
        string draft = $"{path}.{Guid.NewGuid():N}{DraftSuffix}";
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,

            // Not None, for it is renamed while it is open.
            Share = FileShare.Delete,
            BufferSize = 0,

            // A full disk is noticed before the first byte.
            PreallocationSize = (long)IndexFile.Length((uint)label.Length, (ulong)entries.Count),
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        bool isInPlace = false;
        try
        {
            using var file = new FileStream(draft, options);
            WriteContent(file, label, entries, cancellationToken);
            file.Flush(flushToDisk: true);
            File.Move(draft, path, overwrite: true);
            isInPlace = true;

            // .NET opens no folder, so that it cannot be synced. But the renaming is a change of the file too (its
            // status time), and file systems with a journal keep both in one entry: syncing the file writes it.
            file.Flush(flushToDisk: true);
        }
        finally
        {
            if (!isInPlace)
            {
                File.Delete(draft);
            }
        }
    }

    private static void WriteContent(
        FileStream file, byte[] label, SavedEntries entries, CancellationToken cancellationToken)
    {
        byte[] header = new byte[IndexFile.HeaderLength];
        IndexFile.Magic.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(IndexFile.VersionOffset), IndexFile.Version);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(IndexFile.LabelLengthOffset), (uint)label.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(IndexFile.CountOffset), (ulong)entries.Count);
        file.Write(header);
        file.Write(label);

        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        digest.AppendData(header);
        digest.AppendData(label);
        byte[] digests = WriteBlocks(file, entries, cancellationToken);
        digest.AppendData(digests);
        file.Write(digests);
        file.Write(digest.GetHashAndReset());
    }

    // Gives the digests of the blocks.
    private static byte[] WriteBlocks(FileStream file, SavedEntries entries, CancellationToken cancellationToken)
    {
        entries.Collect();
        int most = Math.Min(entries.Count, IndexFile.EntriesPerBlock);
        ulong[] ids = new ulong[most];
        byte[] labels = new byte[most];
        var hashes = new Hash256[most];
        byte[] digests = new byte[IndexFile.BlocksFor(entries.Count) * IndexFile.DigestLength];
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int block = 0; block < IndexFile.BlocksFor(entries.Count); block++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = IndexFile.EntriesIn(block, entries.Count);
            entries.Read(ids.AsSpan(0, count), labels.AsSpan(0, count), hashes.AsSpan(0, count));
            if (!BitConverter.IsLittleEndian)
            {
                BinaryPrimitives.ReverseEndianness(ids.AsSpan(), ids);
                Span<ulong> words = MemoryMarshal.Cast<Hash256, ulong>(hashes.AsSpan());
                BinaryPrimitives.ReverseEndianness(words, words);
            }

            Append(IndexFile.Bytes(ids.AsSpan(0, count)));
            Append(labels.AsSpan(0, count));
            Append(IndexFile.Bytes(hashes.AsSpan(0, count)));
            digest.GetHashAndReset(digests.AsSpan(block * IndexFile.DigestLength));
        }

        return digests;

        void Append(ReadOnlySpan<byte> bytes)
        {
            digest.AppendData(bytes);
            file.Write(bytes);
        }
    }

    // What a crash left holds entries too, and nobody would ever look for it.
    private static void DeleteDrafts(string path)
    {
        string full = Path.GetFullPath(path);
        string start = full + ".";
        foreach (string draft in Directory.EnumerateFiles(Path.GetDirectoryName(full)!).Where(
            file => file.StartsWith(start, StringComparison.Ordinal)
                && file.EndsWith(DraftSuffix, StringComparison.Ordinal)
                && file.Length == start.Length + DraftIdLength + DraftSuffix.Length))
        {
            try
            {
                // Opening it for itself alone fails as long as somebody is writing it.
                new FileStream(
                    draft, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose)
                    .Dispose();
            }
            catch (IOException)
            {
                // Another process's, or deleted by it.
            }
        }
    }
}
