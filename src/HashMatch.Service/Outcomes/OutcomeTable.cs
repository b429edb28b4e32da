using HashMatch.Protocol;
using HashMatch.Service.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace HashMatch.Service.Outcomes;

/// <summary>What platforms said of entries, and what of it a person may know.</summary>
public sealed class OutcomeTable(
    IDbContextFactory<HashMatchDb> databases,
    GroupCommit commits,
    SqlDialect dialect,
    WriteGate gate,
    TimeProvider clock)
{
    private const int RowsPerSweep = 10_000;

    private static readonly string[] Columns =
        ["entry_id", "platform_id", "outcome", "day", "settled_outcome", "settled_day"];

    /// <summary>Records what a platform says of entries that are on the list. On return that is durable.</summary>
    /// <returns>Those of the entries that are on the list.</returns>
    public Task<HashSet<long>> ReportAsync(
        long platformId, Dictionary<long, Outcome> outcomes, CancellationToken cancellationToken) =>
        commits.CommitAsync(
            BitConverter.GetBytes(platformId), db => WriteAsync(db, platformId, outcomes), cancellationToken);

    /// <summary>Counts, for each picture of a case, the platforms that said the same of it.</summary>
    /// <remarks>
    /// Only what began to be said on a later day than that on which the case was given the hash, and before this week:
    /// whoever registers a hash must not learn what was said of it because somebody else had registered it too.
    /// </remarks>
    /// <param name="db">A context.</param>
    /// <param name="caseId">The case.</param>
    /// <param name="lastPicture">The number of the last picture that is asked for.</param>
    /// <param name="cancellationToken">Ends the counting.</param>
    public async Task<Dictionary<(int Picture, Outcome Outcome), int>> CountAsync(
        HashMatchDb db, long caseId, int lastPicture, CancellationToken cancellationToken)
    {
        DateOnly monday = ReportedOutcome.Monday(clock.Today());
        var said =
            from held in db.Fingerprints
            where held.CaseId == caseId && held.Picture <= lastPicture
            join listed in db.Entries on held.Hash equals listed.Hash
            join outcome in db.Outcomes on listed.Id equals outcome.EntryId
            where (outcome.Day < monday && outcome.Day > held.AddedDay)
                || (outcome.Day >= monday && outcome.SettledDay < monday && outcome.SettledDay > held.AddedDay)
            select new
            {
                held.Picture,
                outcome.PlatformId,
                Outcome = outcome.Day < monday ? outcome.Outcome : outcome.SettledOutcome!.Value,
            };
        return await said
            .Distinct()
            .GroupBy(row => new { row.Picture, row.Outcome })
            .Select(group => new { group.Key.Picture, group.Key.Outcome, Platforms = group.Count() })
            .ToDictionaryAsync(row => (row.Picture, row.Outcome), row => row.Platforms, cancellationToken);
    }

    /// <summary>
    /// Deletes some of what was said of entries that are not on the list any more: a report that comes together with a
    /// withdrawal may outlive it.
    /// </summary>
    /// <param name="after">The entry after which to look; 0 at first.</param>
    /// <param name="cancellationToken">Ends the sweep.</param>
    /// <returns>The entry after which to go on; null at the end.</returns>
    public async Task<long?> SweepAsync(long after, CancellationToken cancellationToken)
    {
        await using HashMatchDb db = await databases.CreateDbContextAsync(cancellationToken);
        var rows = await db.Outcomes
            .Where(row => row.EntryId > after)
            .OrderBy(row => row.EntryId)
            .Take(RowsPerSweep)
            .Select(row => new { row.EntryId, IsListed = db.Entries.Any(entry => entry.Id == row.EntryId) })
            .ToListAsync(cancellationToken);

        // An entry that has left never comes back under its number, so that nobody needs to be kept waiting meanwhile.
        List<long> gone = [.. rows.Where(row => !row.IsListed).Select(row => row.EntryId).Distinct()];
        if (gone.Count > 0)
        {
            using IDisposable turn = await gate.EnterAsync(cancellationToken);
            await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await dialect.DeleteOutcomesAsync(db, gone, cancellationToken);
            await transaction.CommitAsync(CancellationToken.None);
        }

        return rows.Count == RowsPerSweep ? rows[^1].EntryId : null;
    }

    private async Task<HashSet<long>> WriteAsync(
        HashMatchDb db, long platformId, Dictionary<long, Outcome> outcomes)
    {
        // Of two reports at once, on whatever nodes, the second sees the first; and no other inserts the same rows.
        await dialect.LockPlatformAsync(db, platformId);
        DateOnly today = clock.Today();
        List<long> asked = [.. outcomes.Keys];
        HashSet<long> listed = await db.Entries
            .Where(entry => EF.Parameter(asked).Contains(entry.Id))
            .Select(entry => entry.Id)
            .ToHashSetAsync(CancellationToken.None);
        Dictionary<long, ReportedOutcome> known = await db.Outcomes.AsNoTracking()
            .Where(row => row.PlatformId == platformId && EF.Parameter(asked).Contains(row.EntryId))
            .ToDictionaryAsync(row => row.EntryId, CancellationToken.None);

        // A repeated report changes nothing, not even the day: of a picture that others have registered before, a
        // platform that says the same again every night would tell whoever registers it now.
        List<ReportedOutcome> changed =
        [
            .. from id in listed
               let before = known.GetValueOrDefault(id)
               where before?.Outcome != outcomes[id]
               select before?.Replace(outcomes[id], today)
                   ?? new ReportedOutcome
                   {
                       EntryId = id, PlatformId = platformId, Outcome = outcomes[id], Day = today,
                   },
        ];
        List<long> replaced = [.. changed.Select(row => row.EntryId).Where(known.ContainsKey)];
        if (replaced.Count > 0)
        {
            await db.Outcomes
                .Where(row => row.PlatformId == platformId && EF.Parameter(replaced).Contains(row.EntryId))
                .ExecuteDeleteAsync(CancellationToken.None);
        }

        await dialect.InsertAsync(db, "outcomes", Columns, changed.Select(Values), CancellationToken.None);
        return listed;
    }

    private static object[] Values(ReportedOutcome row) =>
    [
        row.EntryId,
        row.PlatformId,
        (int)row.Outcome,
        row.Day,
        row.SettledOutcome is Outcome settled ? (int)settled : DBNull.Value,
        row.SettledDay is DateOnly day ? day : DBNull.Value,
    ];
}
