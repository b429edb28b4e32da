using HashMatch.Matching;

namespace HashMatch.Benchmarks.Recall.Measures;

/// <summary>How many pairs of an upload and a photo that is not in it lie at each distance.</summary>
internal sealed class DistanceCounts
{
    private readonly long[] _counts = new long[Hash256.BitCount + 1];
    private readonly long[][] _byPhoto;
    private readonly Dictionary<(int Photo, int Other), (int Distance, int Edit)> _nearest = [];
    private readonly Lock _lock = new();

    public DistanceCounts(int photos) =>
        _byPhoto = [.. Enumerable.Range(0, photos).Select(_ => new long[Hash256.BitCount + 1])];

    /// <summary>How many pairs lie at each distance.</summary>
    public IReadOnlyList<long> Counts => _counts;

    /// <summary>The same for each photo, of the pairs in which it is uploaded or registered.</summary>
    public IReadOnlyList<IReadOnlyList<long>> ByPhoto => _byPhoto;

    public long Pairs => _counts.Sum();

    /// <summary>The nearest pairs of different photos, each once, with the edit in which they come nearest.</summary>
    public IEnumerable<(int Photo, int Other, int Distance, int Edit)> Nearest =>
        from pair in _nearest
        orderby pair.Value.Distance, pair.Key
        select (pair.Key.Photo, pair.Key.Other, pair.Value.Distance, pair.Value.Edit);

    /// <summary>How many pairs come nearer than a distance, or as near.</summary>
    public long Within(int distance) => _counts.Take(distance + 1).Sum();

    /// <summary>How many different pairs of photos come that near, in whatever edits, whichever is uploaded.</summary>
    public int PhotosWithin(int distance) => _nearest.Where(pair => pair.Value.Distance <= distance)
        .DistinctBy(pair => (Math.Min(pair.Key.Photo, pair.Key.Other), Math.Max(pair.Key.Photo, pair.Key.Other)))
        .Count();

    /// <summary>Adds the uploads of one photo; may be called from several threads.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="distances">For each edit that is tried the distance of each other photo; -1 for no pair.</param>
    /// <param name="edits">The numbers of those edits.</param>
    public void Add(int photo, int[][] distances, int[] edits)
    {
        lock (_lock)
        {
            for (int i = 0; i < edits.Length; i++)
            {
                for (int other = 0; other < distances[i].Length; other++)
                {
                    int distance = distances[i][other];
                    if (distance >= 0)
                    {
                        _counts[distance]++;
                        _byPhoto[photo][distance]++;
                        _byPhoto[other][distance]++;
                        if (!_nearest.TryGetValue((photo, other), out (int Distance, int Edit) nearest)
                            || distance < nearest.Distance)
                        {
                            _nearest[(photo, other)] = (distance, edits[i]);
                        }
                    }
                }
            }
        }
    }
}
