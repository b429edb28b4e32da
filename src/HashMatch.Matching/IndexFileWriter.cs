using System.Buffers.Binary;
using System.Security.Cryptography;

namespace HashMatch.Matching;

/// <summary>Writes an index's file.</summary>
internal static class IndexFileWriter
{
    private const string DraftSuffix = ".draft";
    private const int DraftIdLength = 32;

    /// <summary>Writes the first rows of some blocks, which nobody changes any more.</summary>
    public static void Write(
        string path, byte[] label, RowBlock[] blocks, int count, CancellationToken cancellationToken)
    {
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
            PreallocationSize = (long)IndexFile.Length((uint)label.Length, (ulong)count),
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        bool isInPlace = false;
        try
        {
            using var file = new FileStream(draft, options);
            WriteContent(file, label, blocks, count, cancellationToken);
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
        FileStream file, byte[] label, RowBlock[] blocks, int count, CancellationToken cancellationToken)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] header = new byte[IndexFile.HeaderLength];
        IndexFile.Magic.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(IndexFile.VersionOffset), IndexFile.Version);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(IndexFile.LabelLengthOffset), (uint)label.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(IndexFile.CountOffset), (ulong)count);
        Append(header);
        Append(label);
        for (int block = 0; block < IndexFile.BlocksFor(count); block++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int rows = IndexFile.RowsIn(block, count);
            AppendColumn(blocks[block].Ids[..rows]);
            for (int word = 0; word < 4; word++)
            {
                AppendColumn(blocks[block].Column(word)[..rows]);
            }
        }

        file.Write(digest.GetHashAndReset());

        void AppendColumn(Span<ulong> column)
        {
            if (BitConverter.IsLittleEndian)
            {
                Append(IndexFile.Bytes(column));
                return;
            }

            ulong[] reversed = new ulong[column.Length];
            BinaryPrimitives.ReverseEndianness(column, reversed);
            Append(IndexFile.Bytes(reversed));
        }

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
