using System.Numerics;
using HashMatch.Matching.Kernels;

namespace HashMatch.Matching.Live;

/// <summary>Merges what should be merged, in the background, one merge at a time.</summary>
internal sealed unsafe class Merger(EntryBook book)
{
    private const int LeastDead = 8192;

    private bool _isRunning;

    /// <summary>Begins merging if it is time. The caller holds the book's lock.</summary>
    public void Consider()
    {
        if (!_isRunning && IsDue())
        {
            _isRunning = true;
            _ = Task.Factory.StartNew(
                Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
    }

    private bool IsDue()
    {
        (int live, int dead, int count) = book.Sizes;
        return live >= LeastDead && dead >= Math.Max(LeastDead, count / 4);
    }

    private void Run()
    {
        do
        {
            MergeOnce();
        }
        while (IsDue());
        _isRunning = false;
    }

    private void MergeOnce()
    {
        (Snapshot snapshot, LiveBlock[] blocks) = book.Freeze();
        SlotStore store = snapshot.State.Store;
        var survivors = new SlotSet(snapshot.Used);
        foreach (LiveBlock block in blocks)
        {
            foreach (uint slot in new ReadOnlySpan<uint>(block.Slots, PlaneBlock.Rows))
            {
                survivors.Add(slot);
            }
        }

        SlotSet dead = survivors.Copy(snapshot.Used);
        survivors.RemoveAll(store.Removed);
        dead.RemoveAll(survivors);
        List<uint> slots = [];
        for (int word = 0; word < survivors.WordCount; word++)
        {
            for (ulong left = survivors.Words[word]; left != 0; left &= left - 1)
            {
                slots.Add((uint)((word * 64) + BitOperations.TrailingZeroCount(left)));
            }
        }

        survivors.Dispose();
        var made = new LiveBlock[slots.Count / PlaneBlock.Rows];
        LiveSlab? slab = null;
        for (int i = 0; i < made.Length; i++)
        {
            if (slab is null || slab.Taken == slab.Blocks)
            {
                slab = new LiveSlab(Math.Min(made.Length - i, LiveSlab.MaxBlocks));
            }

            made[i] = slab.Take();
            made[i].Fill(
                store.Rows,
                System.Runtime.InteropServices.CollectionsMarshal.AsSpan(slots)
                    .Slice(i * PlaneBlock.Rows, PlaneBlock.Rows));
        }

        book.Publish(new Merge(
            [], blocks, null, made, [.. slots.Skip(made.Length * PlaneBlock.Rows)], dead, dead.CountSlots()));
        snapshot.State.Release();
    }
}
