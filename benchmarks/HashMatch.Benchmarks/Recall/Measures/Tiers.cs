namespace HashMatch.Benchmarks.Recall.Measures;

/// <summary>The distances up to which a match of two sets of views is worth a tier of confidence.</summary>
/// <param name="Register">The set that is registered.</param>
/// <param name="Query">The set that is asked for.</param>
/// <param name="Strong">The greatest distance of tier "strong"; -1 if there is none.</param>
/// <param name="Review">The greatest distance of tier "review"; -1 if there is none.</param>
internal sealed record Tiers(string Register, string Query, int Strong, int Review)
{
    /// <summary>How often an upload may match a picture that is not in it, all hashes of both together.</summary>
    public const double StrongRate = 1e-12;

    /// <inheritdoc cref="StrongRate"/>
    public const double ReviewRate = 1e-9;

    /// <summary>The distances at which a fitted tail still keeps the promise of each tier.</summary>
    public static Tiers Of(Contender contender, TailFit tail) => new(
        contender.Register.Name,
        contender.Query.Name,
        Greatest(contender, tail, StrongRate),
        Greatest(contender, tail, ReviewRate));

    private static int Greatest(Contender contender, TailFit tail, double rate)
    {
        int most = Math.Min(contender.MaxDistance, tail.From);
        return Enumerable.Range(0, most + 1).LastOrDefault(distance => tail.RateWithin(distance) < rate, -1);
    }
}
