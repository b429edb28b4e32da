using System.Numerics;
using System.Runtime.CompilerServices;

namespace HashMatch.Matching.Multi;

/// <summary>The 16 bits of a posting that are read first.</summary>
/// <remarks>
/// Bits 0 to 14 are those of the part after the table's own. Bit 15 says that no earlier posting of the bucket lies in
/// the same block of rows.
/// </remarks>
internal static class CheckWord
{
    /// <summary>The bits that are compared.</summary>
    public const ushort Compared = 0x7FFF;

    /// <summary>The first posting of its bucket in its block of rows.</summary>
    public const ushort FirstOfBlock = 0x8000;

    /// <summary>Makes the word of a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ushort Create(ushort next, bool firstOfBlock) =>
        (ushort)((next & Compared) | (firstOfBlock ? FirstOfBlock : 0));

    /// <summary>The bits that differ between a word and a part, of those that are compared.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Distance(ushort word, ushort next) => BitOperations.PopCount((uint)(word ^ next) & Compared);
}
