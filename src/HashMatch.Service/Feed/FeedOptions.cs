using System.ComponentModel.DataAnnotations;

namespace HashMatch.Service.Feed;

/// <summary>When additions are published to mirrors: the configuration section <c>Feed</c>.</summary>
public sealed class FeedOptions : IValidatableObject
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>
    /// How often additions are published; zero for at once. An hour of 60 minutes begins when the clock's does.
    /// </summary>
    public TimeSpan PublishInterval { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// How many different cases must hold what is published together, unless something has waited for a day.
    /// </summary>
    [Range(1, 10_000)]
    public int MinimumCases { get; set; } = 8;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (PublishInterval < TimeSpan.Zero || PublishInterval > Longest)
        {
            yield return new ValidationResult(
                "Feed:PublishInterval must be from 00:00:00 to 1.00:00:00.", [nameof(PublishInterval)]);
        }
    }

    /// <summary>Whether a hash that was added on a day has surely waited for a whole day.</summary>
    public static bool HasWaited(DateOnly added, DateOnly today) => added < today.AddDays(-1);

    /// <summary>
    /// Whether a person may be told that a picture of theirs is published: not before it would be by itself.
    /// </summary>
    /// <remarks>
    /// Earlier, "published" would tell whoever registers a hash that somebody else has registered it too.
    /// </remarks>
    public bool MayBeTold(DateOnly registered, DateOnly today) =>
        (PublishInterval == TimeSpan.Zero && MinimumCases == 1) || HasWaited(registered, today.AddDays(-1));
}
