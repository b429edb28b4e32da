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
            terminal.WriteLine(_line.ToString());
            _line.Clear();
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
            terminal.WriteLine(_line.ToString());
            _line.Clear();
        }

        base.Dispose(disposing);
    }
}
