using System.Buffers.Binary;
using HashMatch.Matching;
using HashMatch.Service.Storage;
using Microsoft.Extensions.Options;

namespace HashMatch.Service.Matching;

/// <summary>The file in the data folder that this node's list can start from instead of the database.</summary>
/// <remarks>
/// Its label says which row of the log the entries are of. The stamp of that row is random, so that it ties the file to
/// one database and one history of it: whoever has the row has all that came before it too.
/// </remarks>
public sealed class ListSnapshot(IOptions<StorageOptions> storage)
{
    private const string FileName = "list.snapshot";
    private const int PositionOffset = 8;
    private const int StampOffset = 16;
    private const int LabelLength = 24;

    private readonly string _folder = Path.GetFullPath(storage.Value.Path);

    // Tells the label from that of any other program's index.
    private static ReadOnlySpan<byte> Tag => "hmlist/1"u8;

    private string FilePath => Path.Combine(_folder, FileName);

    /// <summary>Whether a crash left a file that was being written, which may hold what was withdrawn since.</summary>
    public bool HasDrafts =>
        Directory.Exists(_folder)
        && Directory.EnumerateFiles(_folder).Any(
            file => Path.GetFileName(file).StartsWith(FileName + ".", StringComparison.Ordinal));

    /// <summary>Reads the file.</summary>
    /// <returns>What it holds, or null and why not, in words for the log.</returns>
    public async Task<(HashIndex? Index, LogPlace Place, string Reason)> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            SavedIndex saved = await HashIndex.LoadAsync(FilePath, cancellationToken);
            return TryReadLabel(saved.Label.Span, out LogPlace place)
                ? (saved.Index, place, "")
                : (null, default, "the snapshot file is not of a service's list");
        }
        catch (InvalidDataException)
        {
            return (null, default, "the snapshot file is damaged");
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return (null, default, "there is no snapshot file");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return (null, default, "the snapshot file cannot be read");
        }
    }

    /// <summary>Writes the entries as they are at the call.</summary>
    public Task WriteAsync(HashIndex index, LogPlace place, CancellationToken cancellationToken)
    {
        Span<byte> label = stackalloc byte[LabelLength];
        Tag.CopyTo(label);
        BinaryPrimitives.WriteInt64LittleEndian(label[PositionOffset..], place.Position);
        BinaryPrimitives.WriteInt64LittleEndian(label[StampOffset..], place.Stamp);
        storage.Value.MakeFolder();
        return index.SaveAsync(FilePath, label, cancellationToken);
    }

    /// <summary>Deletes the file, if there is one: the next start takes longer.</summary>
    public void Delete()
    {
        if (Directory.Exists(_folder))
        {
            File.Delete(FilePath);
        }
    }

    private static bool TryReadLabel(ReadOnlySpan<byte> label, out LogPlace place)
    {
        if (label.Length != LabelLength || !label.StartsWith(Tag))
        {
            place = default;
            return false;
        }

        place = new LogPlace(
            BinaryPrimitives.ReadInt64LittleEndian(label[PositionOffset..]),
            BinaryPrimitives.ReadInt64LittleEndian(label[StampOffset..]));
        return true;
    }
}
