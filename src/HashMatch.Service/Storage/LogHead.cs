namespace HashMatch.Service.Storage;

/// <summary>The one row that says how far the log goes; who changes the log holds it locked.</summary>
public sealed class LogHead
{
    public int Id { get; init; } = 1;

    public required long Position { get; set; }
}
