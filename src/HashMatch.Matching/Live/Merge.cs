namespace HashMatch.Matching.Live;

/// <summary>What a merge takes and what it puts in its place.</summary>
internal sealed record Merge
{
    /// <summary>The segments taken.</summary>
    public Segment[] Sources { get; init; } = [];

    /// <summary>How many blocks are taken, the first ones of the live list.</summary>
    public int BlockCount { get; init; }

    /// <summary>The segment made, if enough entries are left.</summary>
    public Segment? Result { get; init; }

    /// <summary>The blocks made, if they are too few for a segment.</summary>
    public LiveBlock[] NewBlocks { get; init; } = [];

    /// <summary>The slots of the entries that filled no block.</summary>
    public uint[] NewTail { get; init; } = [];

    /// <summary>Called once nobody can use any more what was taken.</summary>
    public required Action LetGo { get; init; }
}
