using HashMatch.Matching;
using HashMatch.Protocol;
using HashMatch.Service.Storage;
using Microsoft.EntityFrameworkCore;

namespace HashMatch.Service.Cases;

/// <summary>What all writers of cases do alike, within a transaction of theirs.</summary>
public sealed class CaseTable(SqlDialect dialect, TimeProvider clock)
{
    private static readonly string[] FingerprintColumns = ["case_id", "hash", "picture", "added_day"];

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
        int added = 0;
        while (true)
        {
            if (await FindAsync(db, key, cancellationToken) is Case known)
            {
                return (known, added > 0);
            }

            // A retry may come to another node at the same time. Of the two one inserts, and the other waits for it and
            // finds it (or not, if it was forgotten in that moment); an exception would have the values logged by the
            // database.
            added = await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO cases (id, key_digest, age_group, state, next_picture, created_day)
                VALUES ({RandomId.Next()}, {key.Digest()}, {(int)ageGroup}, {(int)CaseState.Active}, 1, {clock.Today()})
                ON CONFLICT (key_digest) DO NOTHING
                """,
                cancellationToken);
        }
    }

    /// <summary>Adds fingerprints that the case does not hold.</summary>
    public async Task InsertAsync(HashMatchDb db, long caseId, IReadOnlyList<(Hash256 Hash, int Picture)> fingerprints)
    {
        await dialect.InsertAsync(
            db, "fingerprints", FingerprintColumns, Rows(caseId, fingerprints), CancellationToken.None);
        await ToOutboxAsync(db, fingerprints.Select(fingerprint => fingerprint.Hash), CancellationToken.None);
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
            db, fingerprints.Select(fingerprint => fingerprint.Hash), OutboxRow.NextIdOfBulk, cancellationToken);
        return added;
    }

    /// <summary>Has the sequencer look at hashes whose holders change in this transaction.</summary>
    public Task ToOutboxAsync(HashMatchDb db, IEnumerable<Hash256> hashes, CancellationToken cancellationToken) =>
        ToOutboxAsync(db, hashes, OutboxRow.NextId, cancellationToken);

    private Task ToOutboxAsync(
        HashMatchDb db, IEnumerable<Hash256> hashes, Func<long> nextId, CancellationToken cancellationToken) =>
        dialect.InsertAsync(
            db,
            "outbox",
            ["id", "hash"],
            hashes.Select(hash => new object[] { nextId(), hash.ToByteArray() }),
            cancellationToken);

    private IEnumerable<object[]> Rows(long caseId, IReadOnlyList<(Hash256 Hash, int Picture)> fingerprints)
    {
        DateOnly today = clock.Today();
        return fingerprints.Select(
            fingerprint => new object[] { caseId, fingerprint.Hash.ToByteArray(), fingerprint.Picture, today });
    }
}
