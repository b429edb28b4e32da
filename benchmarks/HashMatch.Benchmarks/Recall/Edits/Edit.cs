using System.Text.Json;
using HashMatch.Benchmarks.Recall.Pictures;

namespace HashMatch.Benchmarks.Recall.Edits;

/// <summary>One way in which people change a picture before they send it on.</summary>
internal sealed class Edit
{
    private readonly EditStep[] _steps;

    private Edit(string id, string group, string definition, StepKind[] kinds, EditStep[] steps)
    {
        Id = id;
        Group = group;
        Definition = definition;
        UsesDonor = kinds.Any(kind => kind.UsesDonor);
        IsFrame = kinds.Length > 0 && kinds[0].IsFrame;
        _steps = steps;
    }

    public string Id { get; }

    public string Group { get; }

    /// <summary>The steps as the specification has them; two edits of the same text and id give the same.</summary>
    public string Definition { get; }

    /// <summary>Whether a second photo is in the edited picture.</summary>
    public bool UsesDonor { get; }

    /// <summary>Whether all photos get the same surroundings: a screenshot, a caption, a printed frame.</summary>
    public bool IsFrame { get; }

    /// <summary>Reads one edit of a specification.</summary>
    /// <exception cref="RecallFailure">A step is unknown or has other arguments than it takes.</exception>
    public static Edit Parse(string id, string group, JsonElement steps)
    {
        (StepKind Kind, EditStep Step)[] made = [.. steps.EnumerateArray().Select(step => StepCatalog.Parse(id, step))];
        return new Edit(
            id,
            group,
            JsonSerializer.Serialize(steps),
            [.. made.Select(pair => pair.Kind)],
            [.. made.Select(pair => pair.Step)]);
    }

    /// <summary>Edits a photo.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="photoName">Its name, which with the edit's id decides about the random draws.</param>
    /// <param name="donor">Another photo.</param>
    /// <param name="codec">The calling thread's codec.</param>
    public Picture Apply(Picture photo, string photoName, Picture donor, LossyCodec codec)
    {
        var context = new EditContext(new Random(Seed.Of(photoName, Id)), donor, codec);
        return _steps.Aggregate(photo, (picture, step) => step(picture, context));
    }
}
