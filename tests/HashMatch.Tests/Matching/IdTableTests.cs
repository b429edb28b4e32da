using HashMatch.Matching.Live;
using HashMatch.Matching.Memory;

namespace HashMatch.Tests.Matching;

public sealed unsafe class IdTableTests
{
    // Past the first splits; ids that follow each other, and ids all over.
    [Theory]
    [InlineData(1, 100_000, 1UL)]
    [InlineData(2, 100_000, 0x9E37_79B9_7F4A_7C15)]
    [InlineData(3, 300, 0x1_0000_0000UL)]
    public void AddAndRemove_InRandomOrder_IsADictionary(int seed, int range, ulong factor)
    {
        var random = new Random(seed);
        var table = new IdTable(BlockSource.Machine);
        var model = new Dictionary<ulong, uint>();
        ulong[] ids = new ulong[range];
        uint[] free = [.. Enumerable.Range(0, range).Select(slot => (uint)slot)];
        random.Shuffle(free);
        var unused = new Stack<uint>(free);
        fixed (ulong* column = ids)
        {
            for (int step = 0; step < range * 4; step++)
            {
                ulong id = (ulong)random.Next(range) * factor;
                bool isThere = model.TryGetValue(id, out uint expected);
                Assert.Equal(isThere, table.TryGet(column, id, out uint slot));
                Assert.Equal(expected, slot);
                bool removes = random.Next(10) < (step / range % 2 == 0 ? 2 : 7);
                if (isThere && removes)
                {
                    table.Remove(column, id);
                    model.Remove(id);
                    unused.Push(slot);
                }
                else if (!isThere && !removes)
                {
                    uint taken = unused.Pop();
                    column[taken] = id;
                    table.Add(column, id, taken);
                    model.Add(id, taken);
                }
            }

            foreach ((ulong id, uint expected) in model)
            {
                Assert.True(table.TryGet(column, id, out uint slot));
                Assert.Equal(expected, slot);
            }
        }
    }
}
