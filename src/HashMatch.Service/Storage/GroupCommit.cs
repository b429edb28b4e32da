using System.Collections.Concurrent;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace HashMatch.Service.Storage;

/// <summary>
/// Commits the changes of all callers who wait in one transaction: one sync of the disk for many registrations.
/// </summary>
/// <remarks>
/// Who comes first commits for all who came meanwhile. A change is refused alone: if one is, all are rolled back and
/// made again, each with a savepoint before it, to which the refused ones are rolled back. (Savepoints from the first
/// would cost more than most changes.) If several fail together, whatever with, each is tried again by itself; but not
/// if the commit itself failed. Then they may be stored, and what another node has done since must not be undone.
/// </remarks>
public sealed class GroupCommit(IDbContextFactory<HashMatchDb> databases, SqlDialect dialect, WriteGate gate)
    : IDisposable
{
    private const int MaxChanges = 256;
    private const int CarefulMilliseconds = 1_000;
    private const string Savepoint = "change";

    private readonly ConcurrentQueue<Change> _waiting = new();
    private readonly SemaphoreSlim _turn = new(1, 1);

    // Until when a refusal is reckoned with, so that one caller who is refused all the time does not have the work of
    // all others done twice.
    private long _carefulUntil;

    /// <summary>Makes a change and commits it; on return it is durable.</summary>
    /// <param name="order">
    /// What the change locks. Two nodes take such locks in the same order, so that none waits for the other for ever.
    /// </param>
    /// <param name="change">
    /// The change. It must be safe to make again after it was rolled back.
    /// </param>
    /// <param name="cancellationToken">Gives the change up, unless it has begun: then its end is waited for.</param>
    /// <exception cref="RpcException">The change refused; nothing of it is stored.</exception>
    public async Task<TResult> CommitAsync<TResult>(
        byte[] order, Func<HashMatchDb, Task<TResult>> change, CancellationToken cancellationToken)
    {
        var mine = new Change<TResult>(order, change, cancellationToken);
        _waiting.Enqueue(mine);
        try
        {
            await _turn.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (!mine.TryAbandon())
        {
            // Whoever has the turn makes it now. If it is stored, its caller has more to do.
            return await mine.Result;
        }

        try
        {
            while (!mine.Result.IsCompleted)
            {
                await CommitWaitingAsync();
            }
        }
        finally
        {
            _turn.Release();
        }

        return await mine.Result;
    }

    public void Dispose() => _turn.Dispose();

    private async Task CommitWaitingAsync()
    {
        var changes = new List<Change>();
        while (changes.Count < MaxChanges && _waiting.TryDequeue(out Change? change))
        {
            if (!change.IsOver())
            {
                changes.Add(change);
            }
        }

        changes.Sort((one, other) => one.Order.AsSpan().SequenceCompareTo(other.Order));
        try
        {
            Exception? failure = changes.Count > 0 ? await TryCommitAsync(changes) : null;
            if (failure is not null && changes.Count == 1)
            {
                changes[0].Fail(failure);
            }
            else if (failure is not null)
            {
                await CommitEachAsync(changes);
            }
        }
        finally
        {
            // Whatever was thrown, nobody waits for ever.
            changes.ForEach(change => change.Abandon());
        }
    }

    // Perhaps only one of them is to blame.
    private async Task CommitEachAsync(List<Change> changes)
    {
        foreach (Change change in changes)
        {
            if (!change.IsOver() && await TryCommitAsync([change]) is Exception failure)
            {
                change.Fail(failure);
            }
        }
    }

    // Gives what it failed with, of any kind: what one change throws must not reach the callers of the others.
    private async Task<Exception?> TryCommitAsync(List<Change> changes)
    {
        Task committing = CommitAsync(changes);
        await committing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return committing.IsCanceled ? new OperationCanceledException() : committing.Exception?.InnerException;
    }

    private async Task CommitAsync(List<Change> changes)
    {
        using IDisposable turn = await gate.EnterAsync(CancellationToken.None);
        bool isCareful = Environment.TickCount64 < _carefulUntil;
        if (!await CommitAsync(changes, isCareful))
        {
            _carefulUntil = Environment.TickCount64 + CarefulMilliseconds;
            await CommitAsync(changes, mayRefuse: true);
        }
    }

    // Tells whether it came to the commit: without savepoints it does not if one is refused.
    private async Task<bool> CommitAsync(List<Change> changes, bool mayRefuse)
    {
        await using HashMatchDb db = await databases.CreateDbContextAsync();
        db.Database.AutoSavepointsEnabled = false;
        await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync();
        await dialect.LimitLockWaitsAsync(db, CancellationToken.None);
        foreach (Change change in changes)
        {
            if (mayRefuse)
            {
                await transaction.CreateSavepointAsync(Savepoint);
            }

            bool isMade = await change.MakeAsync(db);
            if (!isMade && !mayRefuse)
            {
                return false;
            }

            if (mayRefuse)
            {
                await (isMade
                    ? transaction.ReleaseSavepointAsync(Savepoint)
                    : transaction.RollbackToSavepointAsync(Savepoint));
            }

            db.ChangeTracker.Clear();
        }

        Task committing = transaction.CommitAsync();
        await committing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (committing.IsCompletedSuccessfully)
        {
            changes.ForEach(change => change.Finish());
        }
        else
        {
            Exception failure = committing.Exception?.InnerException ?? new OperationCanceledException();
            changes.ForEach(change => change.Fail(failure));
        }

        return true;
    }

    private abstract class Change(byte[] order)
    {
        public byte[] Order => order;

        /// <summary>Whether its caller has an answer, or has stopped waiting for one.</summary>
        public abstract bool IsOver();

        /// <summary>Makes the change within the transaction; false if it is to be rolled back.</summary>
        public abstract Task<bool> MakeAsync(HashMatchDb db);

        /// <summary>Tells the caller what came of it, now that it is committed.</summary>
        public abstract void Finish();

        public abstract void Fail(Exception exception);

        /// <summary>Ends the caller's waiting if nothing else has.</summary>
        public abstract void Abandon();
    }

    private sealed class Change<TResult>(
        byte[] order, Func<HashMatchDb, Task<TResult>> make, CancellationToken cancellationToken) : Change(order)
    {
        private readonly TaskCompletionSource<TResult> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _state = (int)State.Waiting;
        private TResult? _result;
        private RpcException? _refusal;

        private enum State
        {
            Waiting,
            Begun,
            Abandoned,
        }

        public Task<TResult> Result => _done.Task;

        /// <summary>Gives the change up, unless it has begun.</summary>
        public bool TryAbandon()
        {
            if (Leave(State.Waiting, State.Abandoned) == State.Begun)
            {
                return false;
            }

            _done.TrySetCanceled(cancellationToken);
            return true;
        }

        public override bool IsOver() =>
            _done.Task.IsCompleted || (cancellationToken.IsCancellationRequested && TryAbandon());

        public override async Task<bool> MakeAsync(HashMatchDb db)
        {
            _refusal = null;
            if (IsOver() || Leave(State.Waiting, State.Begun) == State.Abandoned)
            {
                return false;
            }

            try
            {
                _result = await make(db);
                return true;
            }
            catch (RpcException refusal)
            {
                _refusal = refusal;
                return false;
            }
        }

        public override void Finish()
        {
            if (_refusal is not null)
            {
                Fail(_refusal);
            }
            else
            {
                _done.TrySetResult(_result!);
            }
        }

        public override void Fail(Exception exception)
        {
            // A caller who stopped waiting does not look at it.
            if (_done.TrySetException(exception))
            {
                _ = _done.Task.Exception;
            }
        }

        public override void Abandon() => _done.TrySetCanceled(CancellationToken.None);

        // Gives the state it found; only the one that was to be left is changed.
        private State Leave(State from, State to) =>
            (State)Interlocked.CompareExchange(ref _state, (int)to, (int)from);
    }
}
