using HashMatch.Matching;

namespace HashMatch.Client.Mirrors;

/// <summary>An entry of the list.</summary>
/// <param name="Position">The feed's position of its addition, by which the index knows it.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="Id">Its id for this platform.</param>
internal readonly record struct ListEntry(ulong Position, Hash256 Hash, UInt128 Id);
