using System.Numerics;

namespace HashMatch.Matching.Live;

/// <summary>The entries of one moment, one after the other, held for being saved.</summary>
internal sealed unsafe class SavedEntries : IDisposable
{
    private readonly Snapshot _snapshot;
    private readonly SlotSet _slots;
    private int _word;
    private ulong _left;

    /// <summary>Takes the entries as they are now.</summary>
    public SavedEntries(EntryBook book) => _snapshot = book.Hold(out _slots);

    /// <summary>How many there are.</summary>
    public int Count => _snapshot.Count;

    /// <summary>Finds the entries. Called once, before the first is read.</summary>
    public void Collect()
    {
        // What there was: all that segments and the live list have, less what was removed.
        SlotSet removed = _slots;
        using SlotSet all = new(_snapshot.Used, _snapshot.State.Store.Memory);
        foreach (Segment segment in _snapshot.State.Segments)
        {
            all.AddAll(segment.Members);
        }

        foreach (LiveBlock block in _snapshot.Blocks.AsSpan(0, _snapshot.BlockCount))
        {
            foreach (uint slot in block.Slots)
            {
                all.Add(slot);
            }
        }

        foreach (uint slot in _snapshot.Tail.Slots.AsSpan(0, _snapshot.TailCount))
        {
            all.Add(slot);
        }

        all.RemoveAll(removed);
        for (int i = 0; i < removed.WordCount; i++)
        {
            removed.Words[i] = all.Words[i];
        }

        _left = _slots.WordCount > 0 ? _slots.Words[0] : 0;
    }

    /// <summary>Reads the next entries.</summary>
    /// <exception cref="InvalidOperationException">There are not as many left.</exception>
    public void Read(Span<ulong> ids, Span<byte> labels, Span<Hash256> hashes)
    {
        SlotStore store = _snapshot.State.Store;
        for (int i = 0; i < ids.Length; i++)
        {
            while (_left == 0)
            {
                if (_word + 1 >= _slots.WordCount)
                {
                    throw new InvalidOperationException("There are fewer entries than were counted.");
                }

                _left = _slots.Words[++_word];
            }

            uint slot = (uint)((_word * 64) + BitOperations.TrailingZeroCount(_left));
            _left &= _left - 1;
            ids[i] = store.Ids[slot];
            labels[i] = store.Labels[slot];
            hashes[i] = store.Rows.Pointer[slot];
        }
    }

    public void Dispose()
    {
        _slots.Dispose();
        _snapshot.State.Release();
    }
}
