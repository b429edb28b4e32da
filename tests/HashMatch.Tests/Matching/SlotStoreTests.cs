using HashMatch.Matching;
using HashMatch.Matching.Live;
using HashMatch.Matching.Memory;

namespace HashMatch.Tests.Matching;

public sealed class SlotStoreTests
{
    private const int Million = 1 << 20;
    private const int Reserve = 1 << 27;
    private const int Most = SlotStore.MaxCapacity;

    [Theory]
    [InlineData(1_024, 1_025, true, 2_048)]
    [InlineData(1_024, 9_000, true, 9_000)]
    [InlineData(Million, Million + 1, false, 2 * Million)]
    [InlineData(Million, Million + 1, true, Reserve)]
    [InlineData(Million, Reserve + 1, true, Reserve + 1)]
    [InlineData(Reserve, Reserve + 1, false, 2 * Reserve)]
    [InlineData(Reserve, Reserve + 1, true, 2 * Reserve)]
    [InlineData(2 * Reserve, (2 * Reserve) + 1, true, 4 * Reserve)]
    [InlineData(5 * Reserve, (5 * Reserve) + 1, true, Most)]
    [InlineData(Most - 1, Most, true, Most)]
    [InlineData(Most - 1, Most, false, Most)]
    public void CapacityFor_OneTooMany_DoublesUpToTheMost(int capacity, int needed, bool isLazy, int expected) =>
        Assert.Equal(expected, SlotStore.CapacityFor(capacity, needed, isLazy));

    [Theory]
    [InlineData(0)]
    [InlineData(1_024)]
    [InlineData(60_000)]
    [InlineData(Million + 512)]
    public unsafe void Add_ToAFullListThatWasLoaded_CopiesNothing(int count)
    {
        Assert.SkipUnless(NativeBlock.IsLazy, "Elsewhere room ahead costs memory, and nothing is taken ahead.");
        using var store = SlotStore.Create(count, BlockSource.Machine);
        for (int i = 0; i < count; i++)
        {
            store.Ids[i] = (ulong)i;
        }

        var index = new HashIndex(new EntryBook(store, count, new QueuedThreads()));
        Assert.True(index.Add(default, ulong.MaxValue));

        Assert.Same(store, index.Book.Current.State.Store);
    }

    // As where Linux promises no more memory than there is: the long stretch is refused, whichever column it is of.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Grow_ReserveRefused_Doubles(int column)
    {
        Assert.SkipUnless(NativeBlock.IsLazy, "Elsewhere nothing is reserved.");
        var memory = new RefusingBlocks { Least = Reserve, RefusedOne = column };
        using var store = SlotStore.Create(Million / 2, memory);
        store.Write(7, new Hash256(1, 2, 3, 4), 5, 6);

        using SlotStore grown = store.Grow(Million, Million + 1);

        Assert.Equal(1, memory.Refused);
        Assert.Equal(2 * Million, grown.Capacity);
        Assert.Equal((5UL, (byte)6), ReadSeventh(grown));
    }

    [Fact]
    public void Create_ReserveRefused_TakesWhatIsNeeded()
    {
        Assert.SkipUnless(NativeBlock.IsLazy, "Elsewhere nothing is reserved.");
        var memory = new RefusingBlocks { Least = Reserve, RefusesAll = true };

        using var store = SlotStore.Create(Million + 512, memory);

        Assert.Equal(1, memory.Refused);
        Assert.Equal(Million + 512, store.Capacity);
    }

    private static unsafe (ulong Id, byte Label) ReadSeventh(SlotStore store) => (store.Ids[7], store.Labels[7]);
}
