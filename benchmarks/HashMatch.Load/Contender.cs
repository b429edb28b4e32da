namespace HashMatch.Load;

/// <summary>A server and what it is asked, with what was measured of both.</summary>
/// <param name="name">What the report calls it.</param>
/// <param name="server">The server.</param>
/// <param name="question">What it is asked.</param>
internal sealed class Contender(string name, ServerProcess server, Question question)
{
    private readonly List<LoadResult> _rounds = [];
    private TimeSpan _processorTime;
    private long _calls;

    public string Name => name;

    /// <summary>The calls a second of every round.</summary>
    public IEnumerable<double> Rates => _rounds.Select(round => round.Rate);

    /// <summary>What h2load printed of the last round.</summary>
    public LoadResult LastRound => _rounds[^1];

    /// <summary>The server's own processor time a call, over all rounds.</summary>
    public double MicrosecondsPerCall => _processorTime.TotalMicroseconds / _calls;

    /// <summary>Makes one call and gives the whole answer as text.</summary>
    public Task<string> AnswerAsync() => RawAnswer.OfAsync(server.Address, question);

    /// <summary>Makes calls that count for nothing: the compiler is still at work on a server that is new.</summary>
    public Task WarmUpAsync(int calls) => H2Load.RunAsync(server.Address, question, calls);

    /// <summary>Measures one round.</summary>
    public async Task RunRoundAsync(int calls)
    {
        TimeSpan before = server.ProcessorTime;
        _rounds.Add(await H2Load.RunAsync(server.Address, question, calls));
        _processorTime += server.ProcessorTime - before;
        _calls += calls;
    }
}
