using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace HashMatch.Hashing;

/// <summary>The means of <see cref="CellPicks"/>, eight cells side by side, on AVX2.</summary>
internal static unsafe class CellPicks256
{
    /// <summary>The fewest cells a row.</summary>
    public const int LeastWidth = 8;

    /// <summary>Bytes read from the start of each pick, whatever the format.</summary>
    public const int BytesRead = 4;

    /// <summary>Takes the means.</summary>
    /// <param name="picks">A row of at least <see cref="LeastWidth"/> cells.</param>
    /// <param name="rows">The rows of pixels; of the last pick in each 4 bytes must be there.</param>
    /// <param name="cells">Takes as many as the row has.</param>
    public static void Mean(in CellPicks picks, byte** rows, byte* cells)
    {
        // Two channels lie in the halves of 32 bits, which one instruction weighs and adds.
        (int first, int green, int third) = Weights(picks.Format);
        Vector256<short> outerWeights = Vector256.Create(first | (third << 16)).AsInt16();
        Vector256<short> greenWeights = Vector256.Create(green).AsInt16();
        bool hasAlpha = picks.Format is PixelFormat.Rgba32 or PixelFormat.Bgra32;
        int* columns = picks.Columns;
        int* columnsEnd = columns + (picks.Across * picks.Width);
        int last = picks.Width - LeastWidth;
        for (int x = 0; x < picks.Width; x += LeastWidth)
        {
            // The last eight may be some of the eight before once more.
            int at = Math.Min(x, last);
            Vector256<int> outer = Vector256<int>.Zero;
            Vector256<int> middle = Vector256<int>.Zero;
            for (int* column = columns + at; column < columnsEnd; column += picks.Width)
            {
                for (int row = 0; row < picks.Down; row++)
                {
                    Vector256<int> packed = Gather(rows[row], column);
                    if (hasAlpha && !Vector256.EqualsAll(packed >>> 24, Vector256.Create(Luma.Opaque)))
                    {
                        packed = Lanes256.Composite(packed);
                    }

                    outer += packed & Vector256.Create(0x00FF00FF);
                    middle += (packed >>> 8) & Vector256.Create(0xFF);
                }
            }

            Vector256<int> sums = Avx2.MultiplyAddAdjacent(outer.AsInt16(), outerWeights)
                + Avx2.MultiplyAddAdjacent(middle.AsInt16(), greenWeights)
                + Vector256.Create(1 << (picks.Shift - 1));
            Vector256<int> means = sums >> picks.Shift;
            Vector128<short> words = Sse2.PackSignedSaturate(means.GetLower(), means.GetUpper());
            *(long*)(cells + at) = Sse2.PackUnsignedSaturate(words, words).AsInt64().ToScalar();
        }
    }

    // Single loads: the gather instruction takes as long or longer, above all where its microcode was mended.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Gather(byte* row, int* columns) => Vector256.Create(
        *(int*)(row + columns[0]),
        *(int*)(row + columns[1]),
        *(int*)(row + columns[2]),
        *(int*)(row + columns[3]),
        *(int*)(row + columns[4]),
        *(int*)(row + columns[5]),
        *(int*)(row + columns[6]),
        *(int*)(row + columns[7]));

    // Of the bytes of a pixel; whatever follows a grey one counts nothing.
    private static (int First, int Second, int Third) Weights(PixelFormat format) => format switch
    {
        PixelFormat.Gray8 => (1 << CellPicks.UnitBits, 0, 0),
        PixelFormat.Bgra32 => (CellPicks.Blue, CellPicks.Green, CellPicks.Red),
        _ => (CellPicks.Red, CellPicks.Green, CellPicks.Blue),
    };
}
