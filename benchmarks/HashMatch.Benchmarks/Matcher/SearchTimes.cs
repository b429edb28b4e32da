namespace HashMatch.Benchmarks.Matcher;

/// <summary>How long single searches took, each in wall time and in processor time.</summary>
internal sealed class SearchTimes
{
    private readonly float[] _wall;
    private readonly float[] _processor;

    /// <param name="capacity">How many are kept; those behind are only counted.</param>
    public SearchTimes(int capacity)
    {
        _wall = new float[capacity];
        _processor = new float[capacity];

        // Written to, so that their memory does not seem to be the index's later.
        Array.Fill(_wall, 1);
        Array.Fill(_processor, 1);
    }

    /// <summary>How many are kept.</summary>
    public int Count { get; private set; }

    /// <summary>Adds one, in seconds.</summary>
    public void Add(double wall, double processor)
    {
        if (Count < _wall.Length)
        {
            _wall[Count] = (float)(wall * 1e6);
            _processor[Count] = (float)(processor * 1e6);
            Count++;
        }
    }

    /// <summary>Adds those of another.</summary>
    public void AddAll(SearchTimes other)
    {
        int count = Math.Min(other.Count, _wall.Length - Count);
        other._wall.AsSpan(0, count).CopyTo(_wall.AsSpan(Count));
        other._processor.AsSpan(0, count).CopyTo(_processor.AsSpan(Count));
        Count += count;
    }

    public void Clear() => Count = 0;

    /// <summary>Gives the time that such a share of the searches does not exceed, in microseconds.</summary>
    public double? Wall(double share) => Percentile(_wall, share);

    /// <summary>The same by processor time.</summary>
    public double? Processor(double share) => Percentile(_processor, share);

    private double? Percentile(float[] times, double share)
    {
        if (Count == 0)
        {
            return null;
        }

        float[] sorted = [.. times.AsSpan(0, Count)];
        Array.Sort(sorted);
        return sorted[Math.Clamp((int)Math.Ceiling(share * Count) - 1, 0, Count - 1)];
    }
}
