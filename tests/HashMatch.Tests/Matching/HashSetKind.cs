namespace HashMatch.Tests.Matching;

/// <summary>How the hashes of a <see cref="HashSets"/> are spread.</summary>
internal enum HashSetKind
{
    /// <summary>Exactly 128 of 256 bits set, as in PDQ hashes; each such hash as likely as any other.</summary>
    Uniform,

    /// <summary>Half as above; half one of 1,000 centres with each bit flipped with probability 0.20.</summary>
    Skew,

    /// <summary>
    /// Nine tenths as above; a tenth one of 10,000 centres, the i-th with a weight of 1/i, with each bit flipped with
    /// probability 0.10: the greatest cluster is 1 % of all.
    /// </summary>
    Zipf,
}
