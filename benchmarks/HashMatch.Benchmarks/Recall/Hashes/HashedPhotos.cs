namespace HashMatch.Benchmarks.Recall.Hashes;

/// <summary>The hashes of all photos, unedited and edited.</summary>
internal sealed class HashedPhotos
{
    /// <summary>Stands for the photo as it is, in place of the number of an edit.</summary>
    public const int Unedited = -1;

    private readonly int _edits;
    private readonly Dictionary<string, IReadOnlyList<ViewHash>?[]> _slots;

    public HashedPhotos(int photos, int edits, IEnumerable<HashSlot> slots)
    {
        Photos = photos;
        _edits = edits;
        _slots = slots.ToDictionary(slot => slot.Key, _ => new IReadOnlyList<ViewHash>?[photos * (edits + 1)]);
    }

    public int Photos { get; }

    public void Set(HashSlot slot, int photo, int edit, IReadOnlyList<ViewHash> hashes) =>
        _slots[slot.Key][Place(photo, edit)] = hashes;

    public IReadOnlyList<ViewHash> Get(HashSlot slot, int photo, int edit) =>
        _slots[slot.Key][Place(photo, edit)]
        ?? throw new InvalidOperationException("These hashes are not among those that the run made.");

    private int Place(int photo, int edit) => (photo * (_edits + 1)) + edit + 1;
}
