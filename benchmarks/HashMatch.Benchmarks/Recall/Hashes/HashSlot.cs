namespace HashMatch.Benchmarks.Recall.Hashes;

/// <summary>Hashes that a run needs of a picture: those of a set of views, for the list or for a question.</summary>
internal sealed record HashSlot(ViewSet Set, bool IsRegister)
{
    /// <summary>As the cache knows it: the two sides may each have a set of one name.</summary>
    public string Key => $"{(IsRegister ? "register" : "query")}/{Set.Name}";
}
