using System.Diagnostics;
using Spectre.Console;

namespace HashMatch.Cli;

/// <summary>One line on a terminal that says how far long work has come. Elsewhere it shows nothing.</summary>
/// <remarks>
/// Results may stream to the same terminal through standard output, which a display that redraws by itself would tear:
/// this one is erased before each line, and drawn again at the next step.
/// </remarks>
internal sealed class ProgressLine : IDisposable
{
    private const int BarWidth = 24;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan FirstEstimate = TimeSpan.FromSeconds(3);

    private readonly Terminal _terminal;
    private readonly IAnsiConsole _console;
    private readonly string _label;
    private readonly int _total;
    private readonly bool _isShown;
    private readonly Stopwatch _elapsed = Stopwatch.StartNew();
    private TimeSpan _drawnAt;
    private bool _isDrawn;
    private int _done;

    /// <summary>Starts to show.</summary>
    /// <param name="terminal">Whose standard error to show it on.</param>
    /// <param name="label">What is being done.</param>
    /// <param name="total">How many steps there are.</param>
    public ProgressLine(Terminal terminal, string label, int total)
    {
        _terminal = terminal;
        _console = terminal.Messages;
        _label = label;
        _total = total;
        _isShown = _console.Profile.Out.IsTerminal && _console.Profile.Capabilities.Ansi && total > 1;
        terminal.Keep(this);
        Draw(0);
    }

    /// <summary>Says how many steps are done.</summary>
    public void Report(int done)
    {
        _done = done;
        if (_elapsed.Elapsed - _drawnAt >= Interval)
        {
            Draw(done);
        }
    }

    /// <summary>Writes a line of text above this one.</summary>
    public void Above(Action write)
    {
        Erase();
        write();
        Draw(_done);
    }

    /// <summary>Takes the line away.</summary>
    public void Dispose()
    {
        Erase();
        _terminal.Keep(null);
        if (_done < _total)
        {
            _terminal.StoppedAt = string.Create(CultureInfo.InvariantCulture, $"{_done:N0} of {_total:N0}");
        }
    }

    private static string TimeLeft(TimeSpan left) => left.TotalSeconds switch
    {
        < 60 => string.Create(CultureInfo.InvariantCulture, $"about {Math.Ceiling(left.TotalSeconds):0} s left"),
        < 5400 => string.Create(CultureInfo.InvariantCulture, $"about {left.TotalMinutes:0} min left"),
        _ => string.Create(CultureInfo.InvariantCulture, $"about {left.TotalHours:0.0} h left"),
    };

    private void Erase()
    {
        if (_isDrawn)
        {
            _console.Write(new ControlCode("\r\e[2K"));
            _isDrawn = false;
        }
    }

    private void Draw(int done)
    {
        _drawnAt = _elapsed.Elapsed;
        if (!_isShown)
        {
            return;
        }

        Erase();
        int filled = (int)((long)BarWidth * done / _total);
        char bar = _console.Profile.Capabilities.Unicode ? '━' : '#';
        char rest = _console.Profile.Capabilities.Unicode ? '─' : '-';
        string text = string.Create(CultureInfo.InvariantCulture, $" {done:N0} of {_total:N0}");
        if (done > 0 && _drawnAt >= FirstEstimate)
        {
            text += ", " + TimeLeft(_drawnAt / done * (_total - done));
        }

        // A line that wraps could not be erased.
        if (_label.Length + BarWidth + text.Length + 2 < _console.Profile.Width)
        {
            _console.Markup(
                $"{_label} [green]{new string(bar, filled)}[/][grey]{new string(rest, BarWidth - filled)}[/]{text}");
            _isDrawn = true;
        }
    }
}
