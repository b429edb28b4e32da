using HashMatch.Matching;
using HashMatch.Protocol;
using HashMatch.Service.Storage;
using Microsoft.EntityFrameworkCore;

namespace HashMatch.Service.Cases;

/// <summary>What all writers of cases do alike, within a transaction of theirs.</summary>
public sealed class CaseTable(SqlDialect dialect, TimeProvider clock)
{
    private static readonly string[] CaseColumns =
        ["id", "key_digest", "age_group", "state", "next_picture", "created_day"];

    private static readonly string[] FingerprintColumns = ["case_id", "hash", "picture", "added_day"];
    private static readonly string[] OutboxColumns = ["id", "hash"];

    /// <summary>Finds the case of a key and keeps it from changing until the transaction's end.</summary>
    public async Task<Case?> FindAsync(HashMatchDb db, CaseKey key, CancellationToken cancellationToken = default)
    {
        List<Case> found = await db.Cases
            .FromSqlRaw(dialect.ForUpdate("SELECT * FROM cases WHERE key_digest = {0}"), key.Digest())
            .ToListAsync(cancellationToken);
        return found.SingleOrDefault();
    }

    /// <summary>As <see cref="FindAsync"/>, but makes the case if there is none.</summary>
    public async Task<(Case Case, bool IsNew)> FindOrAddAsync(
        HashMatchDb db, CaseKey key, AgeGroup ageGroup, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            bool isNew = await TryAddAsync(db, Open(key, ageGroup), cancellationToken);

            // Or it was forgotten in that moment.
            if (await FindAsync(db, key, cancellationToken) is Case found)
            {
                return (found, isNew);
            }
        }
    }

    /// <summary>Makes a case that is nowhere stored yet.</summary>
    public Case Open(CaseKey key, AgeGroup ageGroup) =>
        new() { KeyDigest = key.Digest(), AgeGroup = ageGroup, CreatedDay = clock.Today() };

    /// <summary>Stores a case if its key has none, and else keeps the case that it has from changing.</summary>
    /// <remarks>
    /// A retry may come to another node at the same time. Of the two one inserts, and the other waits for it; an
    /// exception would have the values logged by the database.
    /// </remarks>
    public async Task<bool> TryAddAsync(HashMatchDb db, Case opened, CancellationToken cancellationToken = default) =>
        await dialect.InsertMissingAsync(db, "cases", CaseColumns, [CaseRow(opened)], cancellationToken) == 1;

    /// <summary>Adds fingerprints that the case does not hold.</summary>
    public async Task InsertAsync(HashMatchDb db, long caseId, IReadOnlyList<(Hash256 Hash, int Picture)> fingerprints)
    {
        await dialect.InsertAsync(
            db, "fingerprints", FingerprintColumns, Rows(caseId, fingerprints), CancellationToken.None);
        await ToOutboxAsync(db, [.. fingerprints.Select(fingerprint => fingerprint.Hash)], CancellationToken.None);
    }

    /// <summary>Adds fingerprints of a long list, passing over those that the case holds.</summary>
    /// <returns>How many it did not hold.</returns>
    public async Task<int> InsertMissingAsync(
        HashMatchDb db,
        long caseId,
        IReadOnlyList<(Hash256 Hash, int Picture)> fingerprints,
        CancellationToken cancellationToken)
    {
        int added = await dialect.InsertMissingAsync(
            db, "fingerprints", FingerprintColumns, Rows(caseId, fingerprints), cancellationToken);
        await ToOutboxAsync(
            db, [.. fingerprints.Select(fingerprint => fingerprint.Hash)], OutboxRow.BulkIds, cancellationToken);
        return added;
    }

    /// <summary>Has the sequencer look at hashes whose holders change in this transaction.</summary>
    public Task ToOutboxAsync(
        HashMatchDb db, IReadOnlyCollection<Hash256> hashes, CancellationToken cancellationToken) =>
        ToOutboxAsync(db, hashes, OutboxRow.Ids, cancellationToken);

    private Task ToOutboxAsync(
        HashMatchDb db,
        IReadOnlyCollection<Hash256> hashes,
        Func<int, IEnumerable<long>> makeIds,
        CancellationToken cancellationToken) =>
        dialect.InsertAsync(
            db,
            "outbox",
            OutboxColumns,
            hashes.Zip(makeIds(hashes.Count), (hash, id) => new object[] { id, hash.ToByteArray() }),
            cancellationToken);

    private static object[] CaseRow(Case row) =>
        [row.Id, row.KeyDigest, (int)row.AgeGroup, (int)row.State, row.NextPicture, row.CreatedDay];

    private IEnumerable<object[]> Rows(long caseId, IReadOnlyList<(Hash256 Hash, int Picture)> fingerprints)
    {
        DateOnly today = clock.Today();
        return fingerprints.Select(
            fingerprint => new object[] { caseId, fingerprint.Hash.ToByteArray(), fingerprint.Picture, today });
    }
}
