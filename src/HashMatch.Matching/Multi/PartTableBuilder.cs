using System.Numerics;
using HashMatch.Matching.Memory;

namespace HashMatch.Matching.Multi;

/// <summary>Makes the tables of some rows, part by part, by counting and then dealing out the rows in order.</summary>
/// <remarks>
/// Beside the table it takes 8 bytes for each row of a block, 4 for each bucket and one bit for each block and bucket,
/// an eighth of a byte for each row.
/// </remarks>
internal sealed unsafe class PartTableBuilder : IDisposable
{
    // A bucket has at least as many postings: the heads take little beside them, and few rows need few places.
    private const int PostingsOfBucket = 8;
    private const int MinKeyBits = 8;

    // A kernel reads a whole vector wherever a check word is.
    private const int Overrun = 128;

    private const int WordsOfRow = Hash256.ByteCount / sizeof(ushort);

    // What the indexes made of it do not hold is freed with it.
    private readonly List<SharedBlock> _made = [];

    private readonly HashRows _rows;
    private readonly RowNumbers _numbers;
    private readonly CancellationToken _cancellationToken;
    private readonly int _blocks;
    private readonly int _keyBits;

    // The rows of the block at hand.
    private readonly NativeBlock _blockSlots;
    private readonly NativeBlock _blockNumbers;

    // How many rows each bucket of each part has.
    private readonly NativeBlock _counts;

    // For every block the buckets that it has a row in: one bit each.
    private readonly ulong[] _marks;

    public PartTableBuilder(HashRows rows, RowNumbers numbers, CancellationToken cancellationToken)
    {
        _rows = rows;
        _numbers = numbers;
        _cancellationToken = cancellationToken;
        _blocks = (int)(((long)numbers.End + PartTable.BlockRows - 1) / PartTable.BlockRows);
        _keyBits = KeyBitsFor(numbers.Count);
        _marks = new ulong[(long)_blocks * MarkWords];
        Own(numbers.Block);
        _blockSlots = rows.Memory.Take(PartTable.BlockRows * sizeof(int));
        _blockNumbers = rows.Memory.Take(PartTable.BlockRows * sizeof(ushort));
        _counts = rows.Memory.Take((nuint)(MultiIndex.Parts * Buckets) * sizeof(uint));
    }

    /// <summary>The rows.</summary>
    public RowNumbers Numbers => _numbers;

    private int Buckets => 1 << _keyBits;

    private int MarkWords => Buckets / 64;

    private int* BlockSlots => (int*)_blockSlots.Pointer;

    private ushort* BlockNumbers => (ushort*)_blockNumbers.Pointer;

    /// <summary>How many bits of each part choose the bucket, by the number of rows.</summary>
    public static int KeyBitsFor(int count) => Math.Clamp(
        BitOperations.Log2((uint)(count / PostingsOfBucket) | 1), MinKeyBits, PartTable.MaxKeyBits);

    /// <summary>Counts the rows of all buckets of all parts, which comes before the first table.</summary>
    public void Count()
    {
        var counts = (uint*)_counts.Pointer;
        int mask = Buckets - 1;
        for (int block = 0; block < _blocks; block++)
        {
            int count = ReadBlock(block);
            for (int i = 0; i < count; i++)
            {
                var words = (ushort*)(_rows.Pointer + BlockSlots[i]);
                for (int part = 0; part < MultiIndex.Parts; part++)
                {
                    counts[(part << _keyBits) + (words[part] & mask)]++;
                }
            }
        }
    }

    /// <summary>Makes the table of a part.</summary>
    /// <param name="part">The part.</param>
    /// <param name="block">The memory that the table lies in.</param>
    public PartTable Create(int part, out SharedBlock? block)
    {
        int blockWords = (_blocks + 15) / 16;
        nuint heads = WholeLines((nuint)(Buckets + 1) * sizeof(uint));
        nuint lows = WholeLines((nuint)_numbers.Count * sizeof(ushort));
        nuint words = WholeLines(((nuint)_numbers.Count + (nuint)(Buckets * blockWords)) * sizeof(ushort));
        block = Own(new SharedBlock(heads + lows + words + Overrun, _rows.Memory));
        byte* start = block.Block.Pointer;
        var table = new PartTable
        {
            Heads = (uint*)start,
            Lows = (ushort*)(start + heads),
            Words = (ushort*)(start + heads + lows),
            Slots = _numbers.Slots,
            FirstSlot = _numbers.FirstSlot,
            BlockWords = blockWords,
            KeyBits = _keyBits,
        };
        Fill(table, part);
        return table;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _blockSlots.Dispose();
        _blockNumbers.Dispose();
        _counts.Dispose();
        _made.ForEach(static block => block.Dispose());
    }

    private static nuint WholeLines(nuint bytes) => (bytes + 63) & ~(nuint)63;

    private SharedBlock Own(SharedBlock block)
    {
        block.Hold();
        _made.Add(block);
        return block;
    }

    private int ReadBlock(int block)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        int start = block * PartTable.BlockRows;
        int end = (int)Math.Min((long)start + PartTable.BlockRows, int.MaxValue);
        return _numbers.Read(start, end, BlockNumbers, BlockSlots);
    }

    private void Fill(PartTable table, int part)
    {
        var counts = (uint*)_counts.Pointer + ((long)part << _keyBits);
        uint before = 0;
        for (int bucket = 0; bucket < Buckets; bucket++)
        {
            table.Heads[bucket] = before;
            before += counts[bucket];
        }

        table.Heads[Buckets] = before;
        Array.Clear(_marks);
        for (int block = 0; block < _blocks; block++)
        {
            Deal(table, part, ReadBlock(block), _marks.AsSpan(block * MarkWords, MarkWords));
        }

        // Each head has moved on to the end of its bucket, where the next one begins.
        var heads = new Span<uint>(table.Heads, Buckets);
        heads[..^1].CopyTo(heads[1..]);
        heads[0] = 0;
        WriteBlocks(table);
    }

    private void Deal(PartTable table, int part, int count, Span<ulong> marks)
    {
        int nextPart = (part + 1) % MultiIndex.Parts;
        int* slots = BlockSlots;
        ushort* numbers = BlockNumbers;
        var rows = (ushort*)_rows.Pointer;
        fixed (ulong* mark = marks)
        {
            for (int i = 0; i < count; i++)
            {
                ushort* row = rows + ((long)slots[i] * WordsOfRow);
                ushort bucket = table.BucketOf(row[part]);
                uint head = table.Heads[bucket]++;
                ulong bit = 1UL << (bucket % 64);
                bool first = (mark[bucket / 64] & bit) == 0;
                mark[bucket / 64] |= bit;
                *table.Checks(bucket, head) = CheckWord.Create(row[nextPart], first);
                table.Lows[head] = numbers[i];
            }
        }
    }

    // Bucket by bucket which blocks have its rows, from what was kept block by block: 64 buckets at a time, whose words
    // stay in the first-level cache meanwhile.
    private void WriteBlocks(PartTable table)
    {
        for (int word = 0; word < MarkWords; word++)
        {
            for (int block = 0; block < _blocks; block++)
            {
                for (ulong left = _marks[(block * MarkWords) + word]; left != 0; left &= left - 1)
                {
                    int bucket = (word * 64) + BitOperations.TrailingZeroCount(left);
                    var bits = (byte*)(table.Checks(bucket, table.Heads[bucket]) - table.BlockWords);
                    bits[block / 8] |= (byte)(1 << (block % 8));
                }
            }
        }
    }
}
