namespace HashMatch.Hashing;

/// <summary>How many views of an upload are looked up.</summary>
public enum QueryViews
{
    /// <summary>One: every pixel, as the picture is. What plain PDQ does.</summary>
    Plain,

    /// <summary>Every pixel, in the eight ways to turn and mirror it.</summary>
    Turned,

    /// <summary>
    /// Up to eight views, each turned in eight ways, the negatives of these eight as they are, and up to eight more
    /// views only as they are: up to 80 hashes.
    /// </summary>
    Wide,
}
