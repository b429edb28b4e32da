using HashMatch.Hashing;

namespace HashMatch.Benchmarks.Recall.Hashes;

/// <summary>A named way to hash a picture for the list or for a question: this is where views are plugged in.</summary>
/// <param name="Name">As the command line names it; hashes are kept under it in the cache.</param>
/// <param name="Description">What it is, for the reader of the report.</param>
/// <param name="NewHasher">Makes a hasher for one thread.</param>
/// <param name="Asked">Which views of an upload these are; null for what the product does not ask for.</param>
internal sealed record ViewSet(
    string Name, string Description, Func<HashViews> NewHasher, QueryViews? Asked = null);
