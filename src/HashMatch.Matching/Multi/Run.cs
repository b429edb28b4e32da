using System.Runtime.CompilerServices;

namespace HashMatch.Matching.Multi;

/// <summary>Postings to be looked through: those of one bucket, for one query.</summary>
/// <remarks>Made by the hundred for every search, so it is three words to be written.</remarks>
internal unsafe struct Run
{
    /// <summary>The check word of the first posting.</summary>
    public ushort* Checks;

    /// <summary>The number of postings.</summary>
    public int Length;

    /// <summary>The place of the query in its batch.</summary>
    public int Query;

    private ulong _terms;

    /// <summary>The part of the query that the check words are compared with.</summary>
    public readonly ushort Wanted => (ushort)_terms;

    /// <summary>The most check bits that may differ.</summary>
    public readonly short Limit => (short)(_terms >> 16);

    /// <summary>The place of the table that the bucket is in.</summary>
    public readonly int Table => (int)(_terms >> 32) & 0xFFFF;

    /// <summary>The bucket.</summary>
    public readonly ushort Bucket => (ushort)(_terms >> 48);

    /// <summary>What the runs of one table, query and distance have in common.</summary>
    public static ulong Terms(ushort wanted, int limit, int table) =>
        wanted | ((ulong)limit << 16) | ((ulong)table << 32);

    /// <summary>Writes all fields.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Set(ushort* checks, int length, int query, ulong terms, ushort bucket)
    {
        Checks = checks;
        Length = length;
        Query = query;
        _terms = terms | ((ulong)bucket << 48);
    }
}
