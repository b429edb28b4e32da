namespace HashMatch.Load;

/// <summary>One of the two servers, with what was measured of it.</summary>
internal sealed class Contender(ServerProcess server)
{
    private TimeSpan _processorTime;
    private long _calls;

    public ServerProcess Server => server;

    public List<LoadResult> Rounds { get; } = [];

    public double MedianRate => Median.Of(Rounds.Select(round => round.Rate));

    /// <summary>The server's own processor time a call, over all rounds.</summary>
    public double MicrosecondsPerCall => _processorTime.TotalMicroseconds / _calls;

    /// <summary>Measures one round.</summary>
    public async Task<LoadResult> RunRoundAsync(LoadedMethod method, int calls, int answerBytes)
    {
        TimeSpan before = server.ProcessorTime;
        LoadResult result = await method.LoadAsync(server, calls, answerBytes);
        _processorTime += server.ProcessorTime - before;
        _calls += calls;
        Rounds.Add(result);
        return result;
    }
}
