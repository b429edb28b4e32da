namespace HashMatch.Service.Operations;

/// <summary>What an operator's command returns; the same numbers as those of the command <c>hashmatch</c>.</summary>
public static class ExitCodes
{
    public const int Done = 0;

    public const int Negative = 1;

    public const int Usage = 2;

    /// <summary>Input was refused, or the work broke off.</summary>
    public const int Refused = 3;
}
