using System.Diagnostics;
using System.Globalization;

namespace HashMatch.Benchmarks.Recall;

/// <summary>Says on standard error how far a run is: on a terminal in one line, elsewhere every ten seconds.</summary>
internal sealed class Progress
{
    private readonly Lock _lock = new();
    private readonly TextWriter _writer;
    private readonly bool _isTerminal;
    private string _what = "";
    private int _total;
    private int _done;
    private long _started;
    private long _told;

    public Progress(TextWriter writer, bool isTerminal)
    {
        _writer = writer;
        _isTerminal = isTerminal;
    }

    public void Begin(string what, int total)
    {
        lock (_lock)
        {
            (_what, _total, _done) = (what, total, 0);
            _started = Stopwatch.GetTimestamp();
            _told = 0;
        }
    }

    public void Advance()
    {
        lock (_lock)
        {
            _done++;
            double wait = _isTerminal ? 0.2 : 10;
            if (Stopwatch.GetElapsedTime(_told == 0 ? _started : _told).TotalSeconds >= wait)
            {
                _told = Stopwatch.GetTimestamp();
                Tell(isLast: false);
            }
        }
    }

    public void End()
    {
        lock (_lock)
        {
            Tell(isLast: true);
        }
    }

    private void Tell(bool isLast)
    {
        TimeSpan elapsed = Stopwatch.GetElapsedTime(_started);
        TimeSpan left = _done == 0 ? TimeSpan.Zero : elapsed * ((double)(_total - _done) / _done);
        string line = string.Create(
            CultureInfo.InvariantCulture,
            $"{_what}: {_done} of {_total}, {elapsed:m\\:ss}{(isLast ? "" : $", about {left:m\\:ss} left")}");
        if (_isTerminal)
        {
            _writer.Write($"\r{line,-78}{(isLast ? Environment.NewLine : "")}");
        }
        else
        {
            _writer.WriteLine(line);
        }
    }
}
