using HashMatch.Matching.Kernels;
using HashMatch.Matching.Memory;
using HashMatch.Matching.Multi;

namespace HashMatch.Matching.Live;

/// <summary>
/// Merges what should be merged, one thing at a time, in a thread of its own while there is something to do.
/// </summary>
internal sealed unsafe class Merger(EntryBook book)
{
    // So many states may be waiting for their searches before the next part of a merge does.
    private const int MostWaiting = 2;

    /// <summary>Does all that is due.</summary>
    /// <param name="isQuiet">Whether hardly anything changes.</param>
    public void Run(bool isQuiet)
    {
        while (MergeLive(isQuiet) || MergeSegments(isQuiet))
        {
        }
    }

    private bool MergeLive(bool isQuiet)
    {
        (Snapshot snapshot, LiveBlock[] blocks) = book.Freeze();
        HashRows rows;
        SlotSet members;
        SlotSet all;
        try
        {
            if (!MergePlan.TakesLive(
                blocks.Length * PlaneBlock.Rows, CountDead(blocks, snapshot), snapshot.Count, isQuiet))
            {
                return false;
            }

            all = new SlotSet(snapshot.Used, snapshot.State.Store.Memory);
            foreach (LiveBlock block in blocks)
            {
                foreach (uint slot in block.Slots)
                {
                    all.Add(slot);
                }
            }

            members = Survivors(all, snapshot);
            rows = Rows(snapshot);
        }
        finally
        {
            snapshot.State.Release();
        }

        Publish(rows, members, [], blocks.Length, () => Free(blocks, all));
        return true;
    }

    private bool MergeSegments(bool isQuiet)
    {
        Snapshot snapshot = book.Hold();
        HashRows rows;
        SlotSet members;
        SlotSet all;
        Segment[] sources;
        try
        {
            Segment[] segments = snapshot.State.Segments;
            SegmentSize[] sizes = [.. segments.Select(segment => Size(segment, snapshot))];
            sources = [.. MergePlan.TakeSegments(sizes, isQuiet).Select(place => segments[place])];
            if (sources.Length == 0)
            {
                return false;
            }

            all = new SlotSet(snapshot.Used, snapshot.State.Store.Memory);
            foreach (Segment source in sources)
            {
                all.AddAll(source.Members);
            }

            members = Survivors(all, snapshot);
            rows = Rows(snapshot);
        }
        finally
        {
            // While it is held, nothing that is replaced can go.
            snapshot.State.Release();
        }

        if (sources.All(source => source.Index != null))
        {
            PublishByParts(rows, members, sources, all);
        }
        else
        {
            Publish(rows, members, sources, 0, () => Free(sources, all));
        }

        return true;
    }

    private static int CountDead(LiveBlock[] blocks, Snapshot snapshot)
    {
        int dead = 0;
        foreach (LiveBlock block in blocks)
        {
            foreach (uint slot in block.Slots)
            {
                dead += snapshot.State.Store.Removed[slot] ? 1 : 0;
            }
        }

        return dead;
    }

    private static SegmentSize Size(Segment segment, Snapshot snapshot) => new(
        segment.Count, segment.Members.CountCommon(snapshot.State.Store.Removed), segment.IsIndexed);

    // The store may be replaced by a longer one meanwhile, and this one let go.
    private static HashRows Rows(Snapshot snapshot)
    {
        HashRows rows = snapshot.State.Store.Rows;
        rows.Hold();
        return rows;
    }

    // The entries of all that were not removed; all is left with the dead.
    private static SlotSet Survivors(SlotSet all, Snapshot snapshot)
    {
        SlotSet survivors = all.Copy(snapshot.Used);
        survivors.RemoveAll(snapshot.State.Store.Removed);
        all.RemoveAll(survivors);
        return survivors;
    }

    private void Publish(HashRows rows, SlotSet members, Segment[] sources, int blockCount, Action letGo)
    {
        try
        {
            int count = members.CountSlots();
            if (count < MergePlan.LeastSegment)
            {
                (LiveBlock[] made, uint[] left) = MakeBlocks(rows, members);
                members.Dispose();
                book.Publish(new Merge
                {
                    Sources = sources,
                    BlockCount = blockCount,
                    NewBlocks = made,
                    NewTail = left,
                    LetGo = letGo,
                });
                return;
            }

            var index = MultiIndex.Build(rows, members.Span);
            book.Publish(new Merge
            {
                Sources = sources,
                BlockCount = blockCount,
                Result = new Segment(members, count, index),
                LetGo = letGo,
            });
        }
        finally
        {
            rows.Release();
        }
    }

    // The new index takes over part by part, each time as a segment that stands for all, so that at no time there is
    // the whole memory of old and new. The dead slots are in the old tables until the last of them is gone.
    private void PublishByParts(HashRows rows, SlotSet members, Segment[] sources, SlotSet dead)
    {
        int count = members.CountSlots();
        if (count < MergePlan.LeastSegment)
        {
            Publish(rows, members, sources, 0, () => Free(sources, dead));
            return;
        }

        Segment[] replaced = sources;
        try
        {
            // Should a part fail, the segment stays as it is then, and the next merge finds the dead slots in it.
            SlotSet all = members.Copy(members.WordCount * 64);
            all.AddAll(dead);
            int countOfAll = all.CountSlots();
            var index = MultiIndex.Build(
                rows,
                members.Span,
                [.. sources.Select(source => source.Index!)],
                joined => Replace(new Segment(all, countOfAll, joined), static () => { }));
            Replace(new Segment(members, count, index), () => book.Reuse(dead));
        }
        finally
        {
            rows.Release();
        }

        void Replace(Segment next, Action letGo)
        {
            Segment[] old = replaced;
            replaced = [next];
            book.Publish(new Merge
            {
                Sources = old,
                Result = next,
                LetGo = () =>
                {
                    foreach (Segment segment in old)
                    {
                        segment.Index!.Dispose();
                        if (segment.Members != next.Members)
                        {
                            segment.Members.Dispose();
                        }
                    }

                    letGo();
                },
            });

            // The old tables go when the searches on them end; the next ones are made when they are gone.
            book.WaitForSearches(MostWaiting);
        }
    }

    private void Free(LiveBlock[] blocks, SlotSet dead)
    {
        foreach (LiveSlab slab in LiveList.SlabsOf(blocks))
        {
            slab.Dispose();
        }

        book.Reuse(dead);
    }

    private void Free(Segment[] segments, SlotSet dead)
    {
        foreach (Segment segment in segments)
        {
            segment.Index?.Dispose();
            segment.Members.Dispose();
        }

        book.Reuse(dead);
    }

    private static (LiveBlock[] Blocks, uint[] Left) MakeBlocks(HashRows rows, SlotSet members)
    {
        uint[] slots = members.ToArray();
        var blocks = new LiveBlock[slots.Length / PlaneBlock.Rows];
        if (blocks.Length > 0)
        {
            // Fewer than a piece of memory has room for.
            var slab = new LiveSlab(blocks.Length, rows.Memory);
            var entries = new LiveTail();
            for (int i = 0; i < blocks.Length; i++)
            {
                slots.AsSpan(i * PlaneBlock.Rows, PlaneBlock.Rows).CopyTo(entries.Slots);
                for (int k = 0; k < PlaneBlock.Rows; k++)
                {
                    entries.Rows[k] = rows.Pointer[entries.Slots[k]];
                }

                blocks[i] = slab.Take();
                blocks[i].Fill(entries);
            }
        }

        return (blocks, slots[(blocks.Length * PlaneBlock.Rows)..]);
    }
}
