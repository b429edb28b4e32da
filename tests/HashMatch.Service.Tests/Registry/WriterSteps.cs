using System.Data;
using HashMatch.Matching;
using HashMatch.Service.Cases;
using HashMatch.Service.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace HashMatch.Service.Tests.Registry;

/// <summary>A transaction as a registration or withdrawal makes it, in two steps: it writes, and it ends.</summary>
/// <remarks>PostgreSQL does nothing at BEGIN: that this comes together with the writing leaves no order out.</remarks>
public sealed class WriterSteps(
    HashMatchDb db, CaseTable cases, long caseId, Hash256[] adds, Hash256[] drops, bool isCommitted)
{
    private IDbContextTransaction? _open;

    public async Task GoOnAsync()
    {
        if (_open is null)
        {
            _open = await db.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted);
            await WriteAsync(db, cases, caseId, adds, drops);
            return;
        }

        await (isCommitted ? _open.CommitAsync() : _open.RollbackAsync());
        await _open.DisposeAsync();
        _open = null;
    }

    /// <summary>Has a case hold some hashes more, and takes others from the first case.</summary>
    public static async Task WriteAsync(
        HashMatchDb db, CaseTable cases, long caseId, Hash256[] adds, Hash256[] drops)
    {
        if (adds.Length > 0)
        {
            await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO cases (id, key_digest, age_group, state, next_picture, created_day)
                VALUES ({caseId}, {BitConverter.GetBytes(caseId)}, 1, 1, 2, '2026-01-01')
                """);
            await cases.InsertAsync(db, caseId, [.. adds.Select(hash => (hash, 1))]);
        }

        if (drops.Length > 0)
        {
            await db.Fingerprints
                .Where(row => row.CaseId == SteppedNodes.FirstCase && EF.Parameter(drops).Contains(row.Hash))
                .ExecuteDeleteAsync();
            await cases.ToOutboxAsync(db, drops, default);
        }
    }
}
