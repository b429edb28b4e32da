using Spectre.Console;
using Spectre.Console.Rendering;

namespace HashMatch.Tests.Cli;

/// <summary>A console at which somebody types. At the end of the text they press Enter for ever.</summary>
internal sealed class TypingConsole(IAnsiConsole console, string typed) : IAnsiConsole, IAnsiConsoleInput
{
    private int _at;

    public Profile Profile => console.Profile;

    public IAnsiConsoleCursor Cursor => console.Cursor;

    public IAnsiConsoleInput Input => this;

    public IExclusivityMode ExclusivityMode => console.ExclusivityMode;

    public RenderPipeline Pipeline => console.Pipeline;

    public void Clear(bool home) => console.Clear(home);

    public void Write(IRenderable renderable) => console.Write(renderable);

    public bool IsKeyAvailable() => true;

    public ConsoleKeyInfo? ReadKey(bool intercept)
    {
        char letter = _at < typed.Length ? typed[_at++] : '\n';
        return new ConsoleKeyInfo(
            letter, letter == '\n' ? ConsoleKey.Enter : ConsoleKey.None, shift: false, alt: false, control: false);
    }

    public Task<ConsoleKeyInfo?> ReadKeyAsync(bool intercept, CancellationToken cancellationToken) =>
        Task.FromResult(ReadKey(intercept));
}
