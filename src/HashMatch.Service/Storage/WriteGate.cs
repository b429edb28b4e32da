namespace HashMatch.Service.Storage;

/// <summary>Lets one change at a time reach the database and the index, so that both see the same order.</summary>
/// <remarks>
/// Without it a withdrawal could commit after a merge and yet reach the index before it: an entry that nobody holds
/// would match until the next start. SQLite writes one transaction at a time anyhow.
/// </remarks>
public sealed class WriteGate : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Waits for its turn; disposing the result ends it.</summary>
    public async Task<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        return new Turn(_turn);
    }

    public void Dispose() => _turn.Dispose();

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        private SemaphoreSlim? _held = turn;

        public void Dispose() => Interlocked.Exchange(ref _held, null)?.Release();
    }
}
