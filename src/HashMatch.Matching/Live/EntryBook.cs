using HashMatch.Matching.Memory;
using HashMatch.Matching.Multi;

namespace HashMatch.Matching.Live;

/// <summary>All entries: takes changes, and gives the entries of the moment to searches.</summary>
/// <remarks>Changes wait for each other and for the ends of merges, but never for a search.</remarks>
internal sealed unsafe class EntryBook
{
    private readonly Lock _writing = new();

    // Guards _waitingStates: how many states before the newest are not let go yet.
    private readonly object _waiting = new();
    private int _waitingStates;

    // Guarded by _writing, like all that follows.
    private readonly IdTable _ids;
    private readonly LiveList _live;
    private RemovalLog _log = new();
    private int _used;
    private int _count;
    private readonly MergeSchedule _schedule;
    private long _changes;
    private int _removals;
    private int _unused;
    private int _unusedFromWord;

    // What searches see, replaced as a whole.
    private volatile Snapshot _current;

    /// <summary>Makes a book without entries.</summary>
    /// <param name="memory">Where memory comes from: the machine, unless said otherwise.</param>
    /// <param name="threads">What gives the thread that merges: its own, unless said otherwise.</param>
    public EntryBook(BlockSource? memory = null, TaskScheduler? threads = null)
    {
        memory ??= BlockSource.Machine;
        _ids = new IdTable(memory);
        _live = new LiveList(memory);
        var state = new IndexState(SlotStore.Create(0, memory), [], isFirst: true);
        _current = new Snapshot(state, [], 0, _live.Tail, 0, _log, 0, 0, 0);
        _schedule = new MergeSchedule(this, _writing, threads ?? TaskScheduler.Default);
    }

    /// <summary>Takes a store that is filled with entries from the first slot on.</summary>
    /// <param name="store">The store.</param>
    /// <param name="count">How many entries it has.</param>
    /// <param name="threads">What gives the thread that merges: its own, unless said otherwise.</param>
    /// <exception cref="InvalidDataException">Two entries have the same id.</exception>
    public EntryBook(SlotStore store, int count, TaskScheduler? threads = null)
    {
        _live = new LiveList(store.Memory);
        _ids = IdTableBuilder.Build(store.Ids, count, store.Memory)
            ?? throw new InvalidDataException("The index file names an entry twice.");

        var members = new SlotSet(count, store.Memory);
        members.AddFirst(count);
        var state = new IndexState(store, count == 0 ? [] : [new Segment(members, count, null)], isFirst: true);
        _used = count;
        _count = count;
        _current = new Snapshot(state, [], 0, _live.Tail, 0, _log, 0, count, count);
        _schedule = new MergeSchedule(this, _writing, threads ?? TaskScheduler.Default);
        lock (_writing)
        {
            _schedule.Start(isQuiet: false);
        }
    }

    public int Count => _current.Count;

    /// <summary>How often merging or indexing failed, or could not begin, and was put off.</summary>
    public long IndexingFailures => _schedule.Failures;

    /// <summary>The entries of the moment, without holding them: for looking at their numbers alone.</summary>
    public Snapshot Current => _current;

    /// <summary>How much there is. The caller holds the lock.</summary>
    public BookSizes Sizes => new(_count, _live.BlockRows, _current.State.IsIndexed, _removals, _changes);

    /// <summary>Gives the entries of this moment, and holds them until their state is released.</summary>
    public Snapshot Hold()
    {
        while (true)
        {
            Snapshot snapshot = _current;
            if (snapshot.State.TryHold())
            {
                return snapshot;
            }
        }
    }

    /// <summary>Like <see cref="Hold()"/>, with a copy of the slots that were removed at that moment.</summary>
    public Snapshot Hold(out SlotSet removed)
    {
        lock (_writing)
        {
            removed = _current.State.Store.Removed.Copy(_used);
            return Hold();
        }
    }

    public bool Contains(ulong id)
    {
        lock (_writing)
        {
            bool isThere = _ids.TryGet(Store.Ids, id, out _);

            // Nothing else is left of the index if this was its caller's last look at it.
            GC.KeepAlive(this);
            return isThere;
        }
    }

    public int AddRange(ReadOnlySpan<Hash256> hashes, ReadOnlySpan<ulong> ids, ReadOnlySpan<byte> labels)
    {
        lock (_writing)
        {
            // The memory for the rows is there before the first change.
            MakeRoom(hashes.Length);
            int before = _count;
            SlotSet? slots = hashes.Length < MergePlan.IndexedRange
                ? null
                : new SlotSet(_used + hashes.Length, Store.Memory);
            try
            {
                for (int i = 0; i < hashes.Length; i++)
                {
                    if (slots is null)
                    {
                        _live.Reserve(1);
                    }

                    if (TryWrite(hashes[i], ids[i], labels.IsEmpty ? default : labels[i], out uint slot))
                    {
                        if (slots is null)
                        {
                            _live.Append(hashes[i], slot);
                        }
                        else
                        {
                            slots.Add(slot);
                        }

                        _count++;
                    }
                }
            }
            finally
            {
                if (slots is null)
                {
                    Publish(_current.State);
                }
                else
                {
                    PublishIndexed(slots, _count - before);
                }

                _changes += _count - before;
                _schedule.Consider();
            }

            return _count - before;
        }
    }

    public bool Remove(ulong id)
    {
        lock (_writing)
        {
            SlotStore store = Store;
            if (!_ids.TryGet(store.Ids, id, out uint slot))
            {
                return false;
            }

            // First into the log: who sees the mark must see there that it is new.
            _log = _log.Append(slot);
            store.Removed.Add(slot);
            _ids.Remove(store.Ids, id);
            _count--;
            _removals++;
            _changes++;
            Publish(_current.State);
            _schedule.Consider();
            return true;
        }
    }

    /// <summary>What a merge may take, at this moment. The caller holds the state until it has published.</summary>
    public (Snapshot Snapshot, LiveBlock[] Blocks) Freeze()
    {
        lock (_writing)
        {
            return (Hold(), _live.Freeze().ToArray());
        }
    }

    /// <summary>Puts what a merge made in the place of what it took.</summary>
    public void Publish(Merge merge)
    {
        lock (_writing)
        {
            IndexState old = _current.State;
            List<Segment> segments = [.. old.Segments.Except(merge.Sources)];
            if (merge.Result != null)
            {
                segments.Add(merge.Result);
            }

            // From the first change on nothing may be missing: there is no way back.
            var state = new IndexState(old.Store, [.. segments], isFirst: false);
            _live.Reserve(merge.NewTail.Length);
            _live.ReplaceFirst(merge.BlockCount, merge.NewBlocks);
            foreach (uint slot in merge.NewTail)
            {
                _live.Append(old.Store.Rows.Pointer[slot], slot);
            }

            Publish(state);
            Retire(old, state, merge.LetGo);
        }
    }

    /// <summary>Waits until no more than so many states before the newest are held by searches.</summary>
    public void WaitForSearches(int most)
    {
        lock (_waiting)
        {
            // A browser has one thread, which searches only while nobody else does anything.
            while (_waitingStates > most && !OperatingSystem.IsBrowser())
            {
                Monitor.Wait(_waiting);
            }
        }
    }

    /// <summary>Lets other entries have the slots of dead ones, once nobody can come by them.</summary>
    public void Reuse(SlotSet slots)
    {
        lock (_writing)
        {
            Store.Unused.AddAll(slots);
            _unused += slots.CountSlots();
            _unusedFromWord = 0;
        }

        slots.Dispose();
    }

    /// <summary>Begins counting the removals anew. The caller holds the lock.</summary>
    public void ForgetRemovals() => _removals = 0;

    private SlotStore Store => _current.State.Store;

    private bool TryWrite(in Hash256 hash, ulong id, byte label, out uint slot)
    {
        SlotStore store = Store;
        if (_ids.TryGet(store.Ids, id, out slot))
        {
            return false;
        }

        // The table may have to grow, and fail. Until then the slot is nobody's.
        slot = NextSlot(store);
        store.Write(slot, hash, id, label);
        _ids.Add(store.Ids, id, slot);
        Take(store, slot);
        return true;
    }

    // Many entries at once are indexed before anybody sees them: a scan of them would be slow, and merging them later
    // dearer. If there is no memory for that, they are scanned until a merge has some; and so are few.
    private void PublishIndexed(SlotSet slots, int count)
    {
        IndexState old = _current.State;
        if (count == 0)
        {
            slots.Dispose();
            Publish(old);
            return;
        }

        MultiIndex? index = null;
        if (count >= MergePlan.LeastSegment)
        {
            try
            {
                index = MultiIndex.Build(old.Store.Rows, slots.Span);
            }
            catch (OutOfMemoryException)
            {
                _schedule.PutOff(isQuiet: false);
            }
        }

        var state = new IndexState(old.Store, [.. old.Segments, new Segment(slots, count, index)], isFirst: false);
        Publish(state);
        Retire(old, state, static () => { });
        if (index is null)
        {
            _schedule.Start(isQuiet: false);
        }
    }

    // The slot for the next entry, which Take then takes.
    private uint NextSlot(SlotStore store)
    {
        if (_unused == 0 || !store.Unused.TryFind(_unusedFromWord, out uint slot))
        {
            return (uint)_used;
        }

        _unusedFromWord = (int)(slot / 64);
        return slot;
    }

    private void Take(SlotStore store, uint slot)
    {
        if (slot == _used)
        {
            _used++;
            return;
        }

        _unused--;
        store.Unused.Remove(slot);
        store.Removed.Remove(slot);
    }

    private void MakeRoom(int more)
    {
        IndexState old = _current.State;
        long needed = (long)_used + Math.Max(0, more - _unused);
        if (needed > SlotStore.MaxCapacity)
        {
            throw new InsufficientMemoryException("An index has room for 2^30 entries.");
        }

        if (needed > old.Store.Capacity)
        {
            SlotStore grown = old.Store.Grow(_used, (int)needed);
            var state = new IndexState(grown, old.Segments, isFirst: false);
            Publish(state);
            Retire(old, state, old.Store.Dispose);
        }
    }

    private void Retire(IndexState old, IndexState state, Action letGo)
    {
        lock (_waiting)
        {
            _waitingStates++;
        }

        old.Retire(
            state,
            () =>
            {
                letGo();
                lock (_waiting)
                {
                    _waitingStates--;
                    Monitor.PulseAll(_waiting);
                }
            });
    }

    private void Publish(IndexState state) => _current = new Snapshot(
        state, _live.Blocks, _live.BlockCount, _live.Tail, _live.TailCount, _log, _log.Count, _count, _used);
}
