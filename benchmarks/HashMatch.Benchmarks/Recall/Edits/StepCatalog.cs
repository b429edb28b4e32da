using System.Text.Json;

namespace HashMatch.Benchmarks.Recall.Edits;

/// <summary>All kinds of steps by the names that specifications give them.</summary>
internal static class StepCatalog
{
    private static readonly Dictionary<string, StepKind> Kinds = new(
        ((IEnumerable<KeyValuePair<string, StepKind>>[])
        [
            SavingSteps.Kinds, SizeSteps.Kinds, CropSteps.Kinds, TurnSteps.Kinds, BorderSteps.Kinds,
            ScreenshotSteps.Kinds, OverlaySteps.Kinds, FilterSteps.Kinds, CompositeSteps.Kinds, PerspectiveSteps.Kinds,
            RandomSteps.Kinds, ChainSteps.Kinds,
        ]).SelectMany(family => family));

    public static IReadOnlyCollection<string> Names => Kinds.Keys;

    /// <summary>Reads a step: an array of its name and its arguments.</summary>
    /// <exception cref="RecallFailure">The step is unknown or has other arguments than it takes.</exception>
    public static (StepKind Kind, EditStep Step) Parse(string edit, JsonElement step)
    {
        JsonElement[] parts = [.. step.EnumerateArray()];
        string name = parts is [{ ValueKind: JsonValueKind.String } first, ..] ? first.GetString()! : "";
        if (!Kinds.TryGetValue(name, out StepKind? kind))
        {
            throw new RecallFailure($"Edit \"{edit}\" has a step that is not known: \"{name}\".");
        }

        var arguments = new StepArguments(edit, name, parts[1..]);
        return arguments.Count == kind.Arguments
            ? (kind, kind.Make(arguments))
            : throw new RecallFailure(
                $"Edit \"{edit}\": the step \"{name}\" takes {kind.Arguments} arguments, not {arguments.Count}.");
    }
}
