namespace HashMatch.Matching;

/// <summary>Which labels a search looks at: a set of the 256 labels that an entry may have.</summary>
/// <remarks>The default value lets all entries through.</remarks>
public readonly record struct LabelFilter
{
    private const int Labels = 256;

    // A bit for each label that is left out, in the words of a hash: so that the default leaves out none.
    private readonly Hash256 _excluded;

    private LabelFilter(Hash256 excluded) => _excluded = excluded;

    /// <summary>Lets all entries through, labelled or not.</summary>
    public static LabelFilter All => default;

    /// <summary>Whether every entry is let through.</summary>
    public bool IsAll => _excluded == default;

    /// <summary>Lets through the entries whose label has at least one bit of a mask.</summary>
    /// <param name="mask">The bits; 0 lets nothing through.</param>
    public static LabelFilter AnyOf(byte mask) => Where(label => (label & mask) != 0);

    /// <summary>Lets through the entries whose label has every bit of a mask.</summary>
    /// <param name="mask">The bits; 0 lets everything through.</param>
    public static LabelFilter AllOf(byte mask) => Where(label => (label & mask) == mask);

    /// <summary>Lets through the entries whose label a predicate holds for.</summary>
    /// <param name="predicate">Asked once for each of the 256 labels, here and not while searching.</param>
    public static LabelFilter Where(Func<byte, bool> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        Span<ulong> excluded = stackalloc ulong[4];
        excluded.Clear();
        for (int label = 0; label < Labels; label++)
        {
            if (!predicate((byte)label))
            {
                excluded[label / 64] |= 1UL << (label % 64);
            }
        }

        return new LabelFilter(new Hash256(excluded[0], excluded[1], excluded[2], excluded[3]));
    }

    /// <summary>Tells whether entries of a label are let through.</summary>
    /// <param name="label">The label.</param>
    public bool Allows(byte label) => ((_excluded.GetWord(label / 64) >> (label % 64)) & 1) == 0;
}
