namespace HashMatch.Hashing;

/// <summary>How sure it is that two pictures whose hashes are near show the same photo.</summary>
/// <remarks>
/// Either is advice to a reviewer and never proof: the rates hold for pictures that nobody made to collide.
/// </remarks>
public enum ConfidenceTier
{
    /// <summary>Worth a look: fewer than one upload in 10^9 is taken for a picture that it does not show.</summary>
    Review,

    /// <summary>As good as sure: fewer than one upload in 10^12 is taken for a picture that it does not show.</summary>
    Strong,
}
