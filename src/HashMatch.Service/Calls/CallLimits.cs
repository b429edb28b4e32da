using System.ComponentModel.DataAnnotations;

namespace HashMatch.Service.Calls;

/// <summary>How much a caller may send at once, keep open, and make the service wait.</summary>
public sealed class CallLimits : IValidatableObject
{
    /// <summary>The greatest size of a message that needs no API key, in bytes.</summary>
    public const int AnonymousMessageSize = 64 * 1024;

    /// <summary>The greatest size of a platform's message, in bytes.</summary>
    public const int PlatformMessageSize = 1024 * 1024;

    // The longest that "grpc-timeout" can say in whole milliseconds.
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(99_999_999);

    /// <summary>How long a call with one question may take, its sending included.</summary>
    public TimeSpan UnaryDeadline { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a call with many items may take, its sending included.</summary>
    public TimeSpan BatchDeadline { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a caller may keep a stream waiting: for its next message, or to take an answer.</summary>
    public TimeSpan StreamIdle { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a stream may last. Then its caller opens another, perhaps on another node.</summary>
    public TimeSpan StreamLife { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long the caller of a snapshot may keep it waiting to take a part of it.</summary>
    /// <remarks>
    /// Less than other streams wait, and not as long as they last: until a snapshot's end the database keeps what was
    /// erased since its beginning.
    /// </remarks>
    public TimeSpan SnapshotIdle { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a caller may take for a snapshot in any case, whatever its size.</summary>
    public TimeSpan SnapshotGrace { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How fast a caller must take what goes beyond that, on average, in bytes a second.</summary>
    [Range(1, int.MaxValue)]
    public int SnapshotPace { get; set; } = 100_000;

    /// <summary>How many streams one platform may have open; all anonymous callers together have as many.</summary>
    [Range(1, 1_000_000)]
    public int StreamsPerCaller { get; set; } = 100;

    /// <summary>How many connections may be open, on all ports together.</summary>
    [Range(1, 1_000_000)]
    public int Connections { get; set; } = 4096;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        new (string Name, TimeSpan Time)[]
        {
            (nameof(UnaryDeadline), UnaryDeadline),
            (nameof(BatchDeadline), BatchDeadline),
            (nameof(StreamIdle), StreamIdle),
            (nameof(StreamLife), StreamLife),
            (nameof(SnapshotIdle), SnapshotIdle),
            (nameof(SnapshotGrace), SnapshotGrace),
        }
        .Where(limit => limit.Time < TimeSpan.FromMilliseconds(1) || limit.Time > Longest)
        .Select(limit => new ValidationResult(
            $"Calls:{limit.Name} must be from 00:00:00.001 to {Longest}.", [limit.Name]));
}
