using HashMatch.Service.Feed;
using HashMatch.Service.Matching;
using HashMatch.Service.Storage;

namespace HashMatch.Service.Operations;

/// <summary>Examines the key files: that they are there, whole, and closed to others.</summary>
internal static class KeyFileExamination
{
    private const UnixFileMode Others =
        ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

    public static List<Finding> Examine(string folder) =>
    [
        Examine(folder, EntryIds.FileName, "platforms see other ids", file => file.Length == EntryIds.KeySize),
        Examine(
            folder, SigningKeys.FileName, "mirrors refuse the feed", file => SigningKeyRing.TryRead(file) is not null),
    ];

    private static Finding Examine(string folder, string name, string otherwise, Predicate<byte[]> isKey)
    {
        string path = Path.Combine(folder, name);
        string? trouble = !File.Exists(path)
            ? $"it is missing. Restore it from a backup: with another {otherwise}."
            : !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0
                ? "others may read or write it. Set its mode to 0600, and if they may have read it, make new keys."
            : !isKey(File.ReadAllBytes(path))
                ? $"it is damaged. Restore it from a backup: with another {otherwise}."
            : null;
        return new Finding($"key file {name}", trouble is null, trouble ?? "whole, and closed to others");
    }
}
