namespace HashMatch.Service.Storage;

/// <summary>One thing that was examined.</summary>
/// <param name="Subject">What was examined.</param>
/// <param name="IsWell">Whether it is as it should be.</param>
/// <param name="Words">What was found, and if it is not well, what to do.</param>
public readonly record struct Finding(string Subject, bool IsWell, string Words);
