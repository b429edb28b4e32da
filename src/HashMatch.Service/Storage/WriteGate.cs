namespace HashMatch.Service.Storage;

/// <summary>Lets this process's changes reach a database with one writer in the order in which they came.</summary>
/// <remarks>SQLite itself waits by trying again after a sleep, which can take long and pass somebody over.</remarks>
public sealed class WriteGate(SqlDialect dialect) : IDisposable
{
    private static readonly IDisposable Open = new Turn(null);

    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Waits for its turn, where there are turns; disposing the result ends it.</summary>
    public async Task<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        if (!dialect.HasOneWriter)
        {
            return Open;
        }

        await _turn.WaitAsync(cancellationToken);
        return new Turn(_turn);
    }

    public void Dispose() => _turn.Dispose();

    private sealed class Turn(SemaphoreSlim? turn) : IDisposable
    {
        private SemaphoreSlim? _held = turn;

        public void Dispose() => Interlocked.Exchange(ref _held, null)?.Release();
    }
}
