namespace HashMatch.Cli;

/// <summary>What the command tells the shell.</summary>
internal static class ExitCodes
{
    /// <summary>It was done; for <c>check</c>, something matched.</summary>
    public const int Done = 0;

    /// <summary>The answer is no: nothing matched, or there is no such case or picture.</summary>
    public const int Negative = 1;

    /// <summary>The command line asks for something that cannot be done.</summary>
    public const int Usage = 2;

    /// <summary>At least one file or line was not taken.</summary>
    public const int Refused = 3;

    /// <summary>The service refused, or cannot be reached.</summary>
    public const int Service = 4;

    /// <summary>Ctrl-C: 128 and the number of the signal, as shells count.</summary>
    public const int Interrupted = 130;
}
