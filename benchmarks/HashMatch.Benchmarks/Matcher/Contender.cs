using System.Diagnostics;
using HashMatch.Matching;

namespace HashMatch.Benchmarks.Matcher;

/// <summary>An engine in every thread, each with queries of its own, and what its rounds gave.</summary>
internal sealed class Contender
{
    private static readonly TimeSpan MostCompilationTime = TimeSpan.FromMilliseconds(250);

    private readonly Engine[] _engines;
    private readonly int[] _positions;
    private readonly Hash256[] _queries;
    private readonly int _distance;

    public Contender(Func<Engine> create, int threads, Hash256[] queries, int distance)
    {
        _engines = [.. Enumerable.Range(0, threads).Select(_ => create())];

        // An even place, as queries of two kinds take turns.
        _positions = [.. Enumerable.Range(0, threads).Select(i => (int)((long)i * queries.Length / threads) & ~1)];
        _queries = queries;
        _distance = distance;
    }

    public string Name => _engines[0].Name;

    /// <summary>One round after the other, with all threads.</summary>
    public List<RoundFigures> Rounds { get; } = [];

    /// <summary>The same with one thread, if they are several.</summary>
    public List<RoundFigures> SingleThreadRounds { get; } = [];

    /// <summary>Searches until the runtime has compiled the code as well as it can.</summary>
    public void WarmUp(TimeSpan time)
    {
        for (int i = 0; i < 3; i++)
        {
            Run(_engines.Length, time / 3);
            Thread.Sleep(time < MostCompilationTime ? time : MostCompilationTime);
        }
    }

    /// <summary>Searches for as long, first in one thread, then in all.</summary>
    public void RunRound(TimeSpan time)
    {
        if (_engines.Length > 1)
        {
            SingleThreadRounds.Add(Run(1, time));
        }

        Rounds.Add(Run(_engines.Length, time));
    }

    private RoundFigures Run(int threads, TimeSpan time)
    {
        if (threads == 1)
        {
            return RunThread(0, time);
        }

        var figures = new RoundFigures[threads];
        using var start = new Barrier(threads);
        Thread[] all = [.. Enumerable.Range(0, threads).Select(i => new Thread(() =>
        {
            start.SignalAndWait();
            figures[i] = RunThread(i, time);
        }))];
        foreach (Thread thread in all)
        {
            thread.Start();
        }

        foreach (Thread thread in all)
        {
            thread.Join();
        }

        return RoundFigures.OfThreads(figures);
    }

    private RoundFigures RunThread(int thread, TimeSpan time)
    {
        Engine engine = _engines[thread];
        int step = Math.Min(engine.Step, _queries.Length);
        int position = _positions[thread];
        long queries = 0;
        int callsAtOnce = 1;
        double processor = ProcessorTime.OfThread();
        long start = Stopwatch.GetTimestamp();
        TimeSpan elapsed;
        do
        {
            for (int call = 0; call < callsAtOnce; call++)
            {
                position = position + step > _queries.Length ? 0 : position;
                engine.Search(_queries.AsSpan(position, step), _distance);
                position += step;
                queries += step;
            }

            // The clock is looked at more seldom than it would count in the figures.
            elapsed = Stopwatch.GetElapsedTime(start);
            callsAtOnce *= elapsed * 256 < time ? 2 : 1;
        }
        while (elapsed < time);

        processor = ProcessorTime.OfThread() - processor;
        _positions[thread] = position;
        return new RoundFigures(queries, processor, elapsed.TotalSeconds, queries / elapsed.TotalSeconds);
    }
}
