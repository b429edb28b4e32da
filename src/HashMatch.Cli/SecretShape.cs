using System.Buffers;
using HashMatch.Matching;

namespace HashMatch.Cli;

/// <summary>Tells whether an argument is likely a key or a hash that was typed where a file belongs.</summary>
/// <remarks>It errs on the safe side, so ask it only about what is not the name of an existing file.</remarks>
internal static class SecretShape
{
    /// <summary>What to tell the person. It does not repeat the argument.</summary>
    public const string Sentence =
        "One argument looks like a key or a hash. Keys and hashes do not belong on the command line: others who use "
        + "this computer can see it, and it stays in your shell's history. Give a case key by HASHMATCH_CASE_KEY or "
        + "--case-key-file, an API key by HASHMATCH_API_KEY or --api-key-file, and hashes on standard input "
        + "(hashmatch check -).";

    // A case key has 27 characters; one may have been left out or typed twice.
    private const int ShortestCaseKey = 26;
    private const int LongestCaseKey = 28;

    private static readonly SearchValues<char> CaseKeyLetters =
        SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz*~$=");

    /// <summary>Looks at the text's shape only.</summary>
    public static bool IsLikely(string text)
    {
        // An option of a name that does not exist may carry one too: --case-key=...
        string trimmed =
            (text.StartsWith('-') ? text[(text.IndexOf('=', StringComparison.Ordinal) + 1)..] : text).Trim();
        return trimmed.StartsWith("hm_", StringComparison.Ordinal)
            || Hash256.TryParse(trimmed, out _)
            || IsLikeCaseKey(trimmed);
    }

    private static bool IsLikeCaseKey(string text)
    {
        string letters = text.Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        return letters.Length is >= ShortestCaseKey and <= LongestCaseKey
            && letters.Any(char.IsAsciiDigit)
            && !letters.AsSpan().ContainsAnyExcept(CaseKeyLetters);
    }
}
