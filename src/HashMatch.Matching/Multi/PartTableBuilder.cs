using System.Numerics;

namespace HashMatch.Matching.Multi;

/// <summary>Fills the tables of an index by counting and then dealing out the rows, in their order.</summary>
internal static unsafe class PartTableBuilder
{
    private const int WordsOfRow = Hash256.ByteCount / sizeof(ushort);
    private const int MarkWords = PartTable.Buckets / 64;

    /// <summary>Fills the tables, which are all zero.</summary>
    public static void Fill(MultiIndex index, CancellationToken cancellationToken)
    {
        // For every block the buckets that it has a row in: one bit each. It is an eighth of a byte a row.
        int blocks = MultiIndex.BlocksOf(index.Count);
        ulong[] marks = new ulong[(long)blocks * MarkWords];
        for (int part = 0; part < MultiIndex.Parts; part++)
        {
            var keys = (ushort*)index.Rows + part;
            var nexts = (ushort*)index.Rows + ((part + 1) % MultiIndex.Parts);
            PartTable table = index.Tables[part];
            CountBuckets(table.Heads, keys, index.Count, cancellationToken);
            Array.Clear(marks);
            for (int block = 0; block < blocks; block++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int start = block * PartTable.BlockRows;
                int end = (int)Math.Min(index.Count, (long)start + PartTable.BlockRows);
                Deal(table, keys, nexts, start, end, marks.AsSpan(block * MarkWords, MarkWords));
            }

            // Each head has moved on to the end of its bucket, where the next one begins.
            var heads = new Span<uint>(table.Heads, PartTable.Buckets);
            heads[..^1].CopyTo(heads[1..]);
            heads[0] = 0;
            WriteBlocks(table, marks, blocks);
        }
    }

    // Leaves in every head the number of rows in the buckets before.
    private static void CountBuckets(uint* heads, ushort* keys, int count, CancellationToken cancellationToken)
    {
        for (int start = 0; start < count; start += PartTable.BlockRows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int end = (int)Math.Min(count, (long)start + PartTable.BlockRows);
            for (int row = start; row < end; row++)
            {
                heads[keys[(long)row * WordsOfRow]]++;
            }
        }

        uint before = 0;
        for (int bucket = 0; bucket <= PartTable.Buckets; bucket++)
        {
            uint length = heads[bucket];
            heads[bucket] = before;
            before += length;
        }
    }

    private static void Deal(PartTable table, ushort* keys, ushort* nexts, int start, int end, Span<ulong> marks)
    {
        fixed (ulong* mark = marks)
        {
            for (int row = start; row < end; row++)
            {
                ushort bucket = keys[(long)row * WordsOfRow];
                uint head = table.Heads[bucket]++;
                ulong bit = 1UL << (bucket % 64);
                bool first = (mark[bucket / 64] & bit) == 0;
                mark[bucket / 64] |= bit;
                *table.Checks(bucket, head) = CheckWord.Create(nexts[(long)row * WordsOfRow], first);
                table.Lows[head] = (ushort)row;
            }
        }
    }

    // Bucket by bucket which blocks have its rows, from what was kept block by block: 64 buckets at a time, whose words
    // stay in the first-level cache meanwhile.
    private static void WriteBlocks(PartTable table, ReadOnlySpan<ulong> marks, int blocks)
    {
        for (int word = 0; word < MarkWords; word++)
        {
            for (int block = 0; block < blocks; block++)
            {
                for (ulong left = marks[(block * MarkWords) + word]; left != 0; left &= left - 1)
                {
                    int bucket = (word * 64) + BitOperations.TrailingZeroCount(left);
                    ushort* words = table.Checks((ushort)bucket, table.Heads[bucket]) - table.BlockWords;
                    words[block / 16] |= (ushort)(1 << (block % 16));
                }
            }
        }
    }
}
