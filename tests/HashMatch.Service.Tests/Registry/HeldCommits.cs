using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace HashMatch.Service.Tests.Registry;

/// <summary>Stops a transaction just before its commit until it is told to go on.</summary>
public sealed class HeldCommits : DbTransactionInterceptor
{
    private TaskCompletionSource _reached = Source();
    private TaskCompletionSource _released = Source();

    /// <summary>Has the next commit wait.</summary>
    /// <returns>Ends when it does.</returns>
    public Task HoldNext()
    {
        _reached = Source();
        _released = Source();
        return _reached.Task;
    }

    public void Release() => _released.TrySetResult();

    public override async ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction,
        TransactionEventData eventData,
        InterceptionResult result,
        CancellationToken cancellationToken = default)
    {
        _reached.TrySetResult();
        await _released.Task;
        return result;
    }

    private static TaskCompletionSource Source() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
