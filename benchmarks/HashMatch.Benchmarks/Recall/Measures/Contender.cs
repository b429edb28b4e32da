using HashMatch.Benchmarks.Recall.Hashes;

namespace HashMatch.Benchmarks.Recall.Measures;

/// <summary>A way to find copies: what is registered of a picture, and what is asked for an upload.</summary>
/// <param name="Name">As tables call it.</param>
/// <param name="Register">What is registered.</param>
/// <param name="Query">What is asked for.</param>
/// <param name="Bits">The size of its hashes: 256 or 64.</param>
/// <param name="MaxDistance">The greatest distance that is looked at.</param>
/// <param name="UsualDistance">The distance that is usual for these hashes.</param>
internal sealed record Contender(
    string Name, ViewSet Register, ViewSet Query, int Bits, int MaxDistance, int UsualDistance)
{
    public HashSlot RegisterSlot { get; } = new(Register, IsRegister: true);

    public HashSlot QuerySlot { get; } = new(Query, IsRegister: false);

    /// <summary>The classes of the hashes that are asked for.</summary>
    public IReadOnlyList<HashClass> Classes { get; } = HashClass.Of(Query.Asked);

    /// <summary>One PDQ hash of every pixel on both sides, frames and all, as platforms use PDQ today.</summary>
    public static Contender PlainPdq { get; } = new("plain PDQ", ViewSets.Pdq, ViewSets.Plain, 256, 64, 31);

    /// <summary>PDQ with sets of views, looked at up to the distance that the service permits.</summary>
    public static Contender Views(ViewSet register, ViewSet query) =>
        new($"{register.Name} + {query.Name}", register, query, 256, 64, 31);

    /// <summary>A hash of 64 bits; at distance 10 its authors call two pictures different.</summary>
    public static Contender Small(ViewSet set) => new(set.Name, set, set, 64, 20, 10);
}
