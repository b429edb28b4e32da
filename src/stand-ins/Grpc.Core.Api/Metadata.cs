using System.Collections;

namespace Grpc.Core;

/// <summary>Headers or trailers of a call, in order. A key may occur more than once.</summary>
/// <remarks>
/// Keys are compared without regard to case. A key that ends in <c>-bin</c> carries bytes, any other key ASCII text.
/// </remarks>
public sealed partial class Metadata : IList<Metadata.Entry>
{
    /// <summary>What the key of an entry with bytes ends in.</summary>
    public const string BinaryHeaderSuffix = "-bin";

    /// <summary>No entries; it cannot be changed.</summary>
    public static readonly Metadata Empty = new(readOnly: true);

    private readonly List<Entry> _entries = [];

    /// <summary>Makes a collection without entries.</summary>
    public Metadata()
    {
    }

    private Metadata(bool readOnly)
    {
        IsReadOnly = readOnly;
    }

    /// <summary>How many entries there are.</summary>
    public int Count => _entries.Count;

    /// <summary>Whether the entries cannot be changed: true for <see cref="Empty"/> only.</summary>
    public bool IsReadOnly { get; }

    /// <summary>The entry at a place.</summary>
    /// <param name="index">A place from 0 to <see cref="Count"/> - 1.</param>
    public Entry this[int index]
    {
        get => _entries[index];
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            ThrowIfReadOnly();
            _entries[index] = value;
        }
    }

    /// <summary>Finds the last entry with a key.</summary>
    /// <param name="key">The key, in any case.</param>
    /// <returns>The entry, or null if there is none.</returns>
    public Entry? Get(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return _entries.FindLast(entry => entry.HasKey(key));
    }

    /// <summary>Finds the text of the last entry with a key.</summary>
    /// <param name="key">The key, in any case.</param>
    /// <returns>The text, or null if there is no such entry.</returns>
    /// <exception cref="InvalidOperationException">The entry carries bytes.</exception>
    public string? GetValue(string key)
    {
        return Get(key)?.Value;
    }

    /// <summary>Finds the bytes of the last entry with a key.</summary>
    /// <param name="key">The key, in any case.</param>
    /// <returns>A copy of the bytes (of text, its ASCII bytes), or null if there is no such entry.</returns>
    public byte[]? GetValueBytes(string key)
    {
        return Get(key)?.ValueBytes;
    }

    /// <summary>Finds every entry with a key.</summary>
    /// <param name="key">The key, in any case.</param>
    /// <returns>The entries in order; none if there is no such entry.</returns>
    public IEnumerable<Entry> GetAll(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return _entries.Where(entry => entry.HasKey(key));
    }

    /// <summary>Appends an entry.</summary>
    /// <param name="item">The entry.</param>
    public void Add(Entry item)
    {
        ArgumentNullException.ThrowIfNull(item);
        ThrowIfReadOnly();
        _entries.Add(item);
    }

    /// <summary>Appends an entry with text.</summary>
    /// <param name="key">A key that does not end in <c>-bin</c>.</param>
    /// <param name="value">ASCII text.</param>
    public void Add(string key, string value)
    {
        Add(new Entry(key, value));
    }

    /// <summary>Appends an entry with bytes.</summary>
    /// <param name="key">A key that ends in <c>-bin</c>.</param>
    /// <param name="valueBytes">The bytes; they are copied.</param>
    public void Add(string key, byte[] valueBytes)
    {
        Add(new Entry(key, valueBytes));
    }

    /// <summary>Puts an entry at a place.</summary>
    /// <param name="index">A place from 0 to <see cref="Count"/>.</param>
    /// <param name="item">The entry.</param>
    public void Insert(int index, Entry item)
    {
        ArgumentNullException.ThrowIfNull(item);
        ThrowIfReadOnly();
        _entries.Insert(index, item);
    }

    /// <summary>Removes the first occurrence of an entry: this very object, not one that looks the same.</summary>
    /// <param name="item">The entry.</param>
    /// <returns>Whether it was there.</returns>
    public bool Remove(Entry item)
    {
        ThrowIfReadOnly();
        return _entries.Remove(item);
    }

    /// <summary>Removes the entry at a place.</summary>
    /// <param name="index">A place from 0 to <see cref="Count"/> - 1.</param>
    public void RemoveAt(int index)
    {
        ThrowIfReadOnly();
        _entries.RemoveAt(index);
    }

    /// <summary>Removes all entries.</summary>
    public void Clear()
    {
        ThrowIfReadOnly();
        _entries.Clear();
    }

    /// <summary>Says whether an entry, this very object, is here.</summary>
    /// <param name="item">The entry.</param>
    public bool Contains(Entry item)
    {
        return _entries.Contains(item);
    }

    /// <summary>Says where an entry, this very object, is first.</summary>
    /// <param name="item">The entry.</param>
    /// <returns>Its place, or -1.</returns>
    public int IndexOf(Entry item)
    {
        return _entries.IndexOf(item);
    }

    /// <summary>Copies the entries into an array.</summary>
    /// <param name="array">The array.</param>
    /// <param name="arrayIndex">Where in it the first entry goes.</param>
    public void CopyTo(Entry[] array, int arrayIndex)
    {
        _entries.CopyTo(array, arrayIndex);
    }

    /// <summary>Goes through the entries in order.</summary>
    public IEnumerator<Entry> GetEnumerator()
    {
        return _entries.GetEnumerator();
    }

    IEnumerator IEnumerable.GetEnumerator()
    {
        return _entries.GetEnumerator();
    }

    private void ThrowIfReadOnly()
    {
        if (IsReadOnly)
        {
            throw new InvalidOperationException("These metadata cannot be changed.");
        }
    }
}
