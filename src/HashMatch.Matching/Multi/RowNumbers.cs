using System.Numerics;
using HashMatch.Matching.Memory;

namespace HashMatch.Matching.Multi;

/// <summary>The slots of an index, ascending, and the numbers by which its postings know them.</summary>
/// <remarks>
/// Where most slots of a stretch belong to the index, the number is the slot counted from the beginning of the
/// stretch, and one bit for each slot says whether it belongs. Where few do, the rows are numbered one after the other
/// and a list gives their slots.
/// </remarks>
internal sealed unsafe class RowNumbers
{
    // Stretches with more slots than this for each of the index cost the tables more than a list does.
    private const int MaxSparseness = 2;

    private RowNumbers(SharedBlock block, bool isListed, int count, int end, int firstSlot)
    {
        Block = block;
        IsListed = isListed;
        Count = count;
        End = end;
        FirstSlot = firstSlot;
    }

    /// <summary>How many slots there are.</summary>
    public int Count { get; }

    /// <summary>More than the greatest number.</summary>
    public int End { get; }

    /// <summary>The slot of the number 0, where numbers are not listed.</summary>
    public int FirstSlot { get; }

    /// <summary>The slots by number, or null where they follow from <see cref="FirstSlot"/>.</summary>
    public int* Slots => IsListed ? (int*)Block.Block.Pointer : null;

    /// <summary>The memory behind it, which is for whoever uses the numbers to hold.</summary>
    public SharedBlock Block { get; }

    private bool IsListed { get; }

    /// <summary>Numbers the slots whose bits are set, the lowest bit of each word first.</summary>
    /// <param name="members">The bits.</param>
    /// <param name="memory">Where memory comes from.</param>
    public static RowNumbers Of(ReadOnlySpan<ulong> members, BlockSource memory)
    {
        int start = members.IndexOfAnyExcept(0UL);
        members = start < 0 ? [] : members[start..(members.LastIndexOfAnyExcept(0UL) + 1)];
        int count = 0;
        foreach (ulong word in members)
        {
            count += BitOperations.PopCount(word);
        }

        int firstSlot = Math.Max(start, 0) * 64;
        if (members.Length * 64L <= (long)MaxSparseness * count)
        {
            var bits = new SharedBlock((nuint)members.Length * sizeof(ulong), memory);
            members.CopyTo(new Span<ulong>(bits.Block.Pointer, members.Length));
            return new RowNumbers(bits, isListed: false, count, members.Length * 64, firstSlot);
        }

        var list = new SharedBlock((nuint)count * sizeof(int), memory);
        int* slots = (int*)list.Block.Pointer;
        for (int i = 0; i < members.Length; i++)
        {
            for (ulong left = members[i]; left != 0; left &= left - 1)
            {
                *slots++ = firstSlot + (i * 64) + BitOperations.TrailingZeroCount(left);
            }
        }

        return new RowNumbers(list, isListed: true, count, count, firstSlot: 0);
    }

    /// <summary>Writes out the numbers from <paramref name="start"/> on and before <paramref name="end"/>.</summary>
    /// <param name="start">A multiple of 64.</param>
    /// <param name="end">Beyond <see cref="End"/> there are none.</param>
    /// <param name="numbers">Room for as many.</param>
    /// <param name="slots">Room for as many.</param>
    /// <returns>How many there are.</returns>
    public int Read(int start, int end, ushort* numbers, int* slots)
    {
        end = Math.Min(end, End);
        int count = 0;
        if (IsListed)
        {
            for (int number = start; number < end; number++)
            {
                numbers[count] = (ushort)number;
                slots[count++] = Slots[number];
            }

            return count;
        }

        var words = (ulong*)Block.Block.Pointer;
        for (int number = start; number < end; number += 64)
        {
            for (ulong left = words[number / 64]; left != 0; left &= left - 1)
            {
                int own = number + BitOperations.TrailingZeroCount(left);
                numbers[count] = (ushort)own;
                slots[count++] = FirstSlot + own;
            }
        }

        return count;
    }
}
