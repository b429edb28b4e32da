using HashMatch.Matching;
using HashMatch.Protocol;
using HashMatch.Service.Calls;
using HashMatch.Service.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace HashMatch.Service.Cases;

/// <summary>
/// Registers a long list of hashes under one case, each a picture of its own, at the database's own speed.
/// </summary>
public sealed class BulkRegistration(IDbContextFactory<HashMatchDb> databases, TimeProvider clock)
{
    /// <summary>Adds hashes to the case of a key, making the case if it is new, in one transaction.</summary>
    /// <returns>How many of them the case did not hold before.</returns>
    /// <exception cref="Grpc.Core.RpcException">The case was withdrawn.</exception>
    public async Task<int> AddAsync(CaseKey key, List<Hash256> hashes, CancellationToken cancellationToken)
    {
        byte[] digest = key.Digest();
        await using HashMatchDb db = await databases.CreateDbContextAsync(cancellationToken);
        await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        Case? owner = await db.Cases.SingleOrDefaultAsync(row => row.KeyDigest == digest, cancellationToken);
        if (owner is null)
        {
            owner = new Case { KeyDigest = digest, AgeGroup = AgeGroup.Unspecified, CreatedDay = clock.Today() };
            db.Add(owner);
        }
        else if (owner.State == CaseState.Withdrawn)
        {
            throw Refusals.CaseWithdrawn();
        }

        int first = owner.NextPicture;
        owner.NextPicture += hashes.Count;
        await db.SaveChangesAsync(cancellationToken);

        await using var insert = (SqliteCommand)db.Database.GetDbConnection().CreateCommand();
        insert.Transaction = (SqliteTransaction)transaction.GetDbTransaction();
        insert.CommandText =
            """
            INSERT INTO fingerprints (case_id, hash, picture, added_day, pending)
            VALUES (@case, @hash, @picture, @day, 1)
            ON CONFLICT (case_id, hash) DO NOTHING
            """;
        byte[] bytes = new byte[Hash256.ByteCount];
        insert.Parameters.AddWithValue("@case", owner.Id);
        insert.Parameters.AddWithValue("@hash", bytes);
        insert.Parameters.AddWithValue("@day", clock.Today().ToString("O"));
        SqliteParameter picture = insert.Parameters.AddWithValue("@picture", first);
        int added = 0;

        // In the order of the index, which is then written page after page.
        foreach (Hash256 hash in hashes.OrderBy(hash => hash.GetWord(3)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            hash.WriteBytes(bytes);
            added += insert.ExecuteNonQuery();
            picture.Value = (int)picture.Value! + 1;
        }

        await transaction.CommitAsync(cancellationToken);
        return added;
    }
}
