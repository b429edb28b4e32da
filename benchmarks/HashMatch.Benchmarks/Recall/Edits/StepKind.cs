namespace HashMatch.Benchmarks.Recall.Edits;

/// <summary>A kind of step that a specification may name.</summary>
/// <param name="Arguments">How many arguments follow the name.</param>
/// <param name="Make">Makes the step of its arguments.</param>
/// <param name="UsesDonor">Whether it brings in another photo.</param>
/// <param name="IsFrame">Whether it surrounds every photo with the same picture.</param>
internal sealed record StepKind(
    int Arguments,
    Func<StepArguments, EditStep> Make,
    bool UsesDonor = false,
    bool IsFrame = false);
