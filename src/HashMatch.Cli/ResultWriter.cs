using System.Text;

namespace HashMatch.Cli;

/// <summary>Lets the command-line library write its help and version as results.</summary>
internal sealed class ResultWriter(Terminal terminal) : TextWriter
{
    private readonly StringBuilder _line = new();

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value)
    {
        if (value == '\n')
        {
            WriteLine();
        }
        else if (value != '\r')
        {
            _line.Append(value);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && _line.Length > 0)
        {
            WriteLine();
        }

        base.Dispose(disposing);
    }

    // Emptied first: what could not be written is not tried again at the end.
    public override void WriteLine()
    {
        string line = _line.ToString();
        _line.Clear();
        terminal.WriteLine(line);
    }
}
