using HashMatch.Protocol;

namespace HashMatch.Service.Storage;

/// <summary>What a platform said of an entry: last, and last before the week in which it last did.</summary>
/// <remarks>People are told what was said before the current week alone, so that one earlier value is enough.</remarks>
public sealed class ReportedOutcome
{
    public required long EntryId { get; init; }

    public required long PlatformId { get; init; }

    public required Outcome Outcome { get; init; }

    /// <summary>Since when it says so.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>What it had said before the week of <see cref="Day"/>; null if nothing.</summary>
    public Outcome? SettledOutcome { get; init; }

    /// <summary>When it had said that.</summary>
    public DateOnly? SettledDay { get; init; }

    /// <summary>Gives the first day, a Monday, of the week that a day is in.</summary>
    public static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    /// <summary>Gives what stands in this one's place when the platform says something today.</summary>
    public ReportedOutcome Replace(Outcome outcome, DateOnly today)
    {
        bool isSettled = Day < Monday(today);
        return new ReportedOutcome
        {
            EntryId = EntryId,
            PlatformId = PlatformId,
            Outcome = outcome,
            Day = today,
            SettledOutcome = isSettled ? Outcome : SettledOutcome,
            SettledDay = isSettled ? Day : SettledDay,
        };
    }
}
