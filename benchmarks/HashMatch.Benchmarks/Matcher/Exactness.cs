using HashMatch.Matching;

namespace HashMatch.Benchmarks.Matcher;

/// <summary>How far answers are those of the plain scan.</summary>
/// <param name="Queries">How many queries were compared.</param>
/// <param name="Expected">How many matches they have.</param>
/// <param name="Missed">Those that were not given.</param>
/// <param name="Wrong">
/// Given ones that are not registered, not within the distance, given before, or with another distance than theirs.
/// </param>
internal readonly record struct Exactness(long Queries, long Expected, long Missed, long Wrong)
{
    /// <summary>The share of the expected matches that was given; 1 if there is none.</summary>
    public double Recall => Expected == 0 ? 1 : (Expected - Missed) / (double)Expected;

    public static Exactness operator +(Exactness left, Exactness right) => new(
        left.Queries + right.Queries,
        left.Expected + right.Expected,
        left.Missed + right.Missed,
        left.Wrong + right.Wrong);

    /// <summary>Compares what was found with what the plain scan found, in whatever order.</summary>
    public static Exactness Compare(int queries, List<BatchMatch> expected, List<BatchMatch> found)
    {
        var distances = new Dictionary<(int Query, ulong Id), int>(expected.Count);
        foreach (BatchMatch match in expected)
        {
            distances.Add((match.QueryIndex, match.Id), match.Distance);
        }

        // Each expected match is taken away once, so that a second one of the same is wrong.
        int wrong = 0;
        foreach (BatchMatch match in found)
        {
            wrong += distances.Remove((match.QueryIndex, match.Id), out int distance) && distance == match.Distance
                ? 0
                : 1;
        }

        return new Exactness(queries, expected.Count, distances.Count, wrong);
    }
}
