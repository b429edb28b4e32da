using HashMatch.Matching;
using HashMatch.Protocol;
using HashMatch.Service.Calls;
using HashMatch.Service.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace HashMatch.Service.Cases;

/// <summary>
/// Registers a long list of hashes under one case, each a picture of its own, at the database's own speed.
/// </summary>
public sealed class BulkRegistration(IDbContextFactory<HashMatchDb> databases, CaseTable cases)
{
    /// <summary>Adds hashes to the case of a key, making the case if it is new, in one transaction.</summary>
    /// <returns>How many of them the case did not hold before.</returns>
    /// <exception cref="Grpc.Core.RpcException">The case was withdrawn.</exception>
    public async Task<int> AddAsync(CaseKey key, List<Hash256> hashes, CancellationToken cancellationToken)
    {
        await using HashMatchDb db = await databases.CreateDbContextAsync(cancellationToken);
        await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        (Case owner, _) = await cases.FindOrAddAsync(db, key, AgeGroup.Unspecified, cancellationToken);
        if (owner.State == CaseState.Withdrawn)
        {
            throw Refusals.CaseWithdrawn();
        }

        int first = owner.NextPicture;
        owner.NextPicture += hashes.Count;
        await db.SaveChangesAsync(cancellationToken);

        // In the order of the index, which is then written page after page.
        List<(Hash256 Hash, int Picture)> pictures =
            [.. hashes.OrderBy(hash => hash.GetWord(3)).Select((hash, i) => (hash, first + i))];
        int added = await cases.InsertMissingAsync(db, owner.Id, pictures, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return added;
    }
}
