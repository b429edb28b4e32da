using HashMatch.Matching;
using HashMatch.Tests.Matching;

namespace HashMatch.Benchmarks.Matcher;

/// <summary>The registered hashes of a report, the queries, and more hashes to add.</summary>
internal sealed class HashList
{
    // So many that they do not make a cache warm for themselves; each round goes on where the last one ended.
    private const int QueryCount = 1 << 16;

    private readonly HashSets _more;

    private HashList(string name, Hash256[] rows, Hash256[] queries, HashSets more)
    {
        Name = name;
        Rows = rows;
        Queries = queries;
        _more = more;
    }

    /// <summary>The name of the set, or "file".</summary>
    public string Name { get; }

    public Hash256[] Rows { get; }

    public Hash256[] Queries { get; }

    /// <exception cref="MatcherFailure">A file is no list of hashes.</exception>
    public static HashList Of(MatcherQuestion question, Progress progress)
    {
        if (question.BaseFile is string file)
        {
            Hash256[] queries = HashFile.Read(question.QueryFile!);
            progress.Say($"Reading {file}");
            return new HashList("file", HashFile.Read(file), queries, new HashSets(HashSetKind.Uniform));
        }

        progress.Say($"Making {question.Size:N0} hashes");
        var sets = new HashSets(question.Set);
        Hash256[] rows = sets.Create(question.Size);
        return new HashList(question.SetName, rows, sets.CreateQueries(rows, QueryCount), sets);
    }

    /// <summary>Makes hashes of the same kind, for a file uniform ones, that are not among the rows.</summary>
    public Hash256[] CreateOthers(int count) => _more.CreateOthers(count);
}
