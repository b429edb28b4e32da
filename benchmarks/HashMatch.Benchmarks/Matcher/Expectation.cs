using HashMatch.Matching;

namespace HashMatch.Benchmarks.Matcher;

/// <summary>What an index must find, by the plain scan.</summary>
internal sealed class Expectation
{
    private const int MostQueries = 4096;

    // Where nearly everything is a match, a few queries tell as much.
    private const int MostMatches = 2_000_000;

    // Of processor time, as a plain scan of a long list is slow: on a busy machine no fewer queries are asked.
    private const double MostSeconds = 5;

    private readonly Hash256[] _queries;
    private readonly int _distance;
    private readonly List<BatchMatch> _matches = [];

    /// <summary>Asks for one query after the other as long as there is time.</summary>
    /// <param name="queries">The queries.</param>
    /// <param name="distance">The greatest distance that counts.</param>
    /// <param name="search">Appends what one must find: the query, the distance, its number and the list.</param>
    public Expectation(Hash256[] queries, int distance, Action<Hash256, int, int, List<BatchMatch>> search)
    {
        _queries = queries;
        _distance = distance;
        double start = ProcessorTime.OfThread();
        int most = Math.Min(MostQueries, queries.Length);

        // Always as many registered ones as new ones, which take turns.
        while (Queries < most
            && (Queries % 2 != 0 || (ProcessorTime.OfThread() - start < MostSeconds && _matches.Count < MostMatches)))
        {
            search(queries[Queries], distance, Queries, _matches);
            Queries++;
        }
    }

    /// <summary>How many queries were asked.</summary>
    public int Queries { get; private set; }

    /// <summary>How many matches a query has in the mean.</summary>
    public double MatchesPerQuery => (double)_matches.Count / Queries;

    /// <summary>Asks an engine the same.</summary>
    public Exactness Verify(Engine engine)
    {
        var found = new List<BatchMatch>(_matches.Count);
        for (int query = 0; query < Queries; query += engine.Step)
        {
            engine.Search(_queries.AsSpan(query, Math.Min(engine.Step, Queries - query)), _distance);
            engine.CopyTo(query, found);
        }

        return Exactness.Compare(Queries, _matches, found);
    }
}
