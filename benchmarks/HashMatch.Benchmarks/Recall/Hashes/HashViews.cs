using HashMatch.Benchmarks.Recall.Pictures;

namespace HashMatch.Benchmarks.Recall.Hashes;

/// <summary>Hashes the views of a picture, in an order that is the same for all pictures. One a thread.</summary>
internal delegate IReadOnlyList<ViewHash> HashViews(Picture picture);
