using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace HashMatch.Matching.Multi;

/// <summary>Runs to be looked through one after the other.</summary>
/// <param name="runs">The first run.</param>
/// <param name="count">The number of runs.</param>
/// <param name="linesBetween">How many cache lines an average run has between its first and its last one.</param>
internal readonly unsafe ref struct RunList(Run* runs, int count, int linesBetween)
{
    /// <summary>The bytes of a cache line.</summary>
    public const int BytesOfLine = 64;

    // As many as a core waits for at once.
    private const int LinesAhead = 48;

    /// <summary>The first run.</summary>
    public Run* Runs => runs;

    /// <summary>The number of runs.</summary>
    public int Count => count;

    /// <summary>How many runs ahead memory is asked for.</summary>
    public int Ahead => LinesAhead / (linesBetween + 2);

    /// <summary>Asks for the memory of a run; nothing is done behind the last one.</summary>
    /// <remarks>
    /// Always for as many lines as an average run has: a loop as long as the run would be a wrongly predicted branch
    /// every other time. What is left of a long run is read in order and comes by itself.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(int run)
    {
        if (run >= count || !Sse.IsSupported)
        {
            return;
        }

        ushort* first = runs[run].Checks;
        Sse.Prefetch0(first);
        Sse.Prefetch0(first + runs[run].Length - 1);
        for (int line = 1; line <= linesBetween; line++)
        {
            Sse.Prefetch0(first + (line * BytesOfLine / sizeof(ushort)));
        }
    }
}
