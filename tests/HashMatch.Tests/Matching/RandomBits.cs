using System.Runtime.CompilerServices;

namespace HashMatch.Tests.Matching;

/// <summary>Random words by SplitMix64: a counter and a mixing function, fast enough for long lists.</summary>
/// <remarks>Not <see cref="Random"/>, whose seeded form is slow and makes a word of several numbers.</remarks>
internal struct RandomBits
{
    private const ulong Step = 0x9E3779B97F4A7C15;

    private ulong _state;

    public RandomBits(ulong seed, ulong stream)
    {
        // Mixed, since neighbouring counters would give each other's numbers one step later.
        _state = Mix(Mix(seed + Step) ^ (stream * Step));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Next()
    {
        _state += Step;
        return Mix(_state);
    }

    /// <summary>Gives a number from 0 to below <paramref name="end"/>, each as often to one part in 2^32.</summary>
    public int NextBelow(int end) => (int)Math.BigMul(Next(), (ulong)end, out _);

    /// <summary>Gives a number from 0 to below 1.</summary>
    public double NextShare() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Gives a word in which each bit is set with a probability of <paramref name="share"/> in 2^24.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong NextSparse(uint share)
    {
        // The binary digits of the share from the last one on: a one halves the way to 1, a zero halves that to 0.
        ulong word = 0;
        for (int digit = 0; digit < 24; digit++)
        {
            word = (share >> digit & 1) != 0 ? word | Next() : word & Next();
        }

        return word;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
