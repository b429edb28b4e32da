namespace HashMatch.Service.Platforms;

/// <summary>What a platform's keys may be used for. The numbers are stored.</summary>
[Flags]
public enum PlatformScopes
{
    None = 0,

    /// <summary>Ask which entries are near a hash.</summary>
    Match = 1,

    /// <summary>See exact distances in the answers, not bands alone.</summary>
    Distance = 2,

    /// <summary>Keep a copy of the list.</summary>
    Mirror = 4,

    /// <summary>Say what was done about a match.</summary>
    Feedback = 8,

    /// <summary>Administer the service.</summary>
    Admin = 16,
}
