using HashMatch.Matching;

namespace HashMatch.Service.Storage;

/// <summary>A hash whose holders may have changed, for the sequencer to look at.</summary>
/// <remarks>
/// The outbox is worked in the order of its ids. They are random, but those of imported lists have this bit set and all
/// others have not: what a person registers or withdraws overtakes a long list.
/// </remarks>
public sealed class OutboxRow
{
    /// <summary>The least id of a row that an imported list left.</summary>
    public const long FirstOfBulk = 1L << 62;

    public long Id { get; init; } = Ids(1).Single();

    public required Hash256 Hash { get; init; }

    /// <summary>Makes ids for what a person changed.</summary>
    public static IEnumerable<long> Ids(int count) => RandomId.Next(count).Select(id => id & ~FirstOfBulk);

    /// <summary>Makes ids for parts of an imported list.</summary>
    public static IEnumerable<long> BulkIds(int count) => RandomId.Next(count).Select(id => id | FirstOfBulk);
}
