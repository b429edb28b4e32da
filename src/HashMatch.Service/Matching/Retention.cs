using HashMatch.Protocol;
using HashMatch.Service.Storage;
using Microsoft.EntityFrameworkCore;

namespace HashMatch.Service.Matching;

/// <summary>Has what was withdrawn leave the files, and forgets withdrawn cases after their time.</summary>
public sealed class Retention(
    IDbContextFactory<HashMatchDb> databases, SqlDialect dialect, WriteGate gate, TimeProvider clock)
{
    /// <summary>How long a withdrawn case says so, and a late retry cannot bring it back.</summary>
    public const int DaysOfWithdrawnCases = 30;

    private DateOnly _forgotten;
    private volatile bool _erase = true;

    /// <summary>Asks that deleted hashes be erased from the files, without waiting for it.</summary>
    public void EraseSoon() => _erase = true;

    /// <summary>Does what is due.</summary>
    public async Task ApplyAsync(CancellationToken cancellationToken)
    {
        DateOnly today = clock.Today();
        if (!_erase && _forgotten == today)
        {
            return;
        }

        // Under the gate nothing is withdrawn at this node, so that no wish is lost.
        using IDisposable turn = await gate.EnterAsync(cancellationToken);
        await using HashMatchDb db = await databases.CreateDbContextAsync(cancellationToken);
        if (_forgotten != today)
        {
            DateOnly last = today.AddDays(-DaysOfWithdrawnCases);
            await db.Cases
                .Where(row => row.State == CaseState.Withdrawn && row.WithdrawnDay < last)
                .ExecuteDeleteAsync(cancellationToken);
            _forgotten = today;
        }

        if (_erase)
        {
            _erase = false;
            _erase = !await dialect.EraseAsync(db, cancellationToken);
        }
    }
}
