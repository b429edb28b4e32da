using System.Text.Json;

namespace HashMatch.Benchmarks.Recall.Edits;

/// <summary>A specification of edits: a JSON file with an array "edits" of id, group and steps.</summary>
internal static class EditList
{
    /// <summary>Reads all edits, and refuses the file if it does not know one of their steps.</summary>
    /// <exception cref="RecallFailure">The file cannot be read, or is not such a specification.</exception>
    public static IReadOnlyList<Edit> Read(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new RecallFailure($"The edits cannot be read: {failure.Message}");
        }
    }

    /// <summary>The same for a text.</summary>
    public static IReadOnlyList<Edit> Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            Edit[] edits =
            [
                .. document.RootElement.GetProperty("edits").EnumerateArray().Select(edit => Edit.Parse(
                    edit.GetProperty("id").GetString()!,
                    edit.GetProperty("group").GetString()!,
                    edit.GetProperty("steps"))),
            ];
            return edits.Length == 0 ? throw new RecallFailure("The specification holds no edits.")
                : edits.CountBy(edit => edit.Id).FirstOrDefault(id => id.Value > 1) is { Key: { } twice }
                    ? throw new RecallFailure($"Two edits have the id \"{twice}\".")
                : edits;
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new RecallFailure($"The edits are not a specification that is understood: {failure.Message}");
        }
    }
}
