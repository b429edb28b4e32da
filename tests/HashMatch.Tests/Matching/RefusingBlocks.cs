using HashMatch.Matching.Memory;

namespace HashMatch.Tests.Matching;

/// <summary>Memory of which a test says what there is too little for.</summary>
internal sealed class RefusingBlocks : BlockSource
{
    private int _asked;
    private int _refused;

    /// <summary>Only blocks of at least so many bytes are counted and refused.</summary>
    public nuint Least { get; set; }

    /// <summary>Which of them is refused, counted from 1: none if it is 0.</summary>
    public int RefusedOne { get; set; }

    /// <summary>Whether all of them are refused.</summary>
    public bool RefusesAll { get; set; }

    /// <summary>How many there were.</summary>
    public int Asked => Volatile.Read(ref _asked);

    /// <summary>How many of them were refused.</summary>
    public int Refused => Volatile.Read(ref _refused);

    public override NativeBlock Take(nuint length, bool isReserve = false)
    {
        if (length >= Least && (Interlocked.Increment(ref _asked) == RefusedOne || RefusesAll))
        {
            Interlocked.Increment(ref _refused);
            throw new InsufficientMemoryException();
        }

        return base.Take(length, isReserve);
    }
}
