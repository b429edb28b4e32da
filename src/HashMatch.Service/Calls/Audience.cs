namespace HashMatch.Service.Calls;

/// <summary>Who may make a call.</summary>
public enum Audience
{
    /// <summary>People at risk: credentials are refused, so that nobody identifies themselves by mistake.</summary>
    Anonymous,

    /// <summary>Anybody, with credentials or without.</summary>
    Anybody,

    /// <summary>Platforms with the scope "match".</summary>
    Match,

    /// <summary>Platforms with the scope "mirror".</summary>
    Mirror,

    /// <summary>Platforms with the scope "feedback".</summary>
    Feedback,
}
