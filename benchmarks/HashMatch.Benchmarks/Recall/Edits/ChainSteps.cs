namespace HashMatch.Benchmarks.Recall.Edits;

/// <summary>Several edits one after the other, drawn anew for each photo.</summary>
internal static class ChainSteps
{
    public static Dictionary<string, StepKind> Kinds { get; } = new()
    {
        // From so many to so many of the steps of a list, each at most once, in any order.
        ["chain_rand"] = new(3, arguments =>
        {
            EditStep[] steps = arguments.Steps(2);
            int least = arguments.Whole(0, 1, steps.Length);
            int most = arguments.Whole(1, least, steps.Length);
            return (picture, context) =>
            {
                EditStep[] drawn = [.. steps];
                context.Draws.Shuffle(drawn);
                return drawn.Take(context.Draws.Next(least, most + 1))
                    .Aggregate(picture, (edited, step) => step(edited, context));
            };
        }),
    };
}
