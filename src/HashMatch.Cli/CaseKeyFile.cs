using System.Text;
using HashMatch.Protocol;

namespace HashMatch.Cli;

/// <summary>A small text file that holds the key of a case on a line of its own.</summary>
internal static class CaseKeyFile
{
    // More than any receipt has; what is larger was named by mistake.
    private const int LongestText = 16 * 1024;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Reads the key.</summary>
    /// <exception cref="CommandFailure">The file cannot be read, or holds no key.</exception>
    public static CaseKey Read(string path)
    {
        string text = ReadText(path) ?? throw CommandFailure.Usage(
            SecretShape.IsLikely(path)
                ? SecretShape.Sentence
                : "The case key file does not exist. Check --case-key-file.");
        return KeyIn(text) ?? throw CommandFailure.Usage(
            "The case key file holds no case key. Check it for typing mistakes.");
    }

    /// <summary>Reads the key if the file is there; null if it is absent or empty.</summary>
    /// <exception cref="CommandFailure">The file cannot be read, or holds something else.</exception>
    public static CaseKey? ReadIfPresent(string path)
    {
        if (!File.Exists(path) && SecretShape.IsLikely(path))
        {
            throw CommandFailure.Usage(SecretShape.Sentence);
        }

        string? text = ReadText(path);
        return string.IsNullOrEmpty(text)
            ? null
            : KeyIn(text) ?? throw CommandFailure.Usage(
                "The case key file holds something else. Name another file: it would be overwritten.");
    }

    /// <summary>Writes the key so that only this user can read it, and waits until it is on the disk.</summary>
    /// <exception cref="CommandFailure">The file cannot be written.</exception>
    public static void Write(string path, CaseKey key)
    {
        try
        {
            var options = new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.Write,
                Share = FileShare.None,
            };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = OwnerOnly;
            }

            using var file = new FileStream(path, options);
            if (file.Length > 0)
            {
                throw CommandFailure.Usage("The case key file was written by another program. Nothing was sent.");
            }

            if (!OperatingSystem.IsWindows())
            {
                // An empty file may have been there before, open to others.
                File.SetUnixFileMode(file.SafeFileHandle, OwnerOnly);
            }

            file.Write(Encoding.ASCII.GetBytes(key.ToText() + "\n"));
            file.Flush(flushToDisk: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.Usage("The case key file cannot be written. Name another file. Nothing was sent.");
        }
    }

    private static CaseKey? KeyIn(string text)
    {
        if (CaseKey.TryParse(text, out CaseKey whole))
        {
            return whole;
        }

        foreach (string line in text.Split('\n'))
        {
            if (CaseKey.TryParse(line, out CaseKey key))
            {
                return key;
            }
        }

        return null;
    }

    private static string? ReadText(string path)
    {
        try
        {
            using var reader = new StreamReader(path);
            char[] text = new char[LongestText];
            return new string(text, 0, reader.ReadBlock(text));
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.Usage("The case key file cannot be read. Check --case-key-file.");
        }
    }
}
