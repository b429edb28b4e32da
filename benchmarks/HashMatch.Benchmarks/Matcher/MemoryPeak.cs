namespace HashMatch.Benchmarks.Matcher;

/// <summary>Watches how far the process's memory grows until it is disposed of.</summary>
internal sealed class MemoryPeak : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);

    private readonly Thread _thread;
    private long _bytes = ResidentMemory.Now();
    private volatile bool _isOver;

    public MemoryPeak()
    {
        _thread = new Thread(Watch) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>The most bytes so far.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    public void Dispose()
    {
        _isOver = true;
        _thread.Join();
    }

    private void Watch()
    {
        while (!_isOver)
        {
            Volatile.Write(ref _bytes, Math.Max(_bytes, ResidentMemory.Now()));
            Thread.Sleep(Interval);
        }
    }
}
