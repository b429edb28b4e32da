using System.Collections.Concurrent;

namespace HashMatch.Client.Mirrors;

/// <summary>The id of the entry at each position, read by searches while the one writer adds.</summary>
/// <remarks>
/// An id is set before its entry can be found and never changed or taken away, since a search that began before a
/// withdrawal may still ask for it: 16 bytes for each addition since the list was read from its file.
/// </remarks>
internal sealed class EntryIdTable
{
    private const int BlockSize = 256;

    private readonly ConcurrentDictionary<ulong, UInt128[]> _blocks = new();

    /// <summary>Sets the id at a position.</summary>
    public void Set(ulong position, UInt128 id) =>
        _blocks.GetOrAdd(position / BlockSize, _ => new UInt128[BlockSize])[position % BlockSize] = id;

    /// <summary>Gives the id at a position where one was set.</summary>
    public UInt128 Get(ulong position) => _blocks[position / BlockSize][position % BlockSize];
}
