namespace HashMatch.Service.Storage;

/// <summary>The one row that says where the feed stands; who changes it holds the log's head locked.</summary>
public sealed class FeedHead
{
    public int Id { get; init; } = 1;

    /// <summary>Random for each database.</summary>
    public required byte[] Epoch { get; init; }

    public required long Position { get; set; }

    public required byte[] Chain { get; set; }

    public required long LiveCount { get; set; }
}
