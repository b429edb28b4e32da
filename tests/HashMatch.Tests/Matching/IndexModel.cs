using System.Collections.Concurrent;
using HashMatch.Matching;

namespace HashMatch.Tests.Matching;

/// <summary>
/// Entries that come and go in an index, and what is known of each at every moment: so that a search beside them can be
/// held to the plain scan.
/// </summary>
internal sealed class IndexModel
{
    public static readonly int[] Distances = [0, 1, 15, 30, 31, 32, 45, 63, 64, 100, 255, 256];

    // An entry comes under its one hash and then under its other: the same id again is another entry.
    private readonly Hash256[] _hashes;
    private readonly ulong[] _ids;

    // Twice the changes of each entry, and one more while it changes. It is there after an odd number of them.
    private readonly int[] _states;
    private readonly Dictionary<ulong, int> _places = [];
    private readonly ConcurrentQueue<string> _faults = new();
    private long _operations;

    /// <summary>Makes an index with some entries, and as many that may come.</summary>
    public IndexModel(HashSetKind kind, int size, int seed)
    {
        int places = size + Math.Max(size / 4, 600);
        _hashes = new HashSets(kind, seed).Create(2 * places);
        _ids = [.. Enumerable.Range(1, places).Select(i => (ulong)i * 0x9E37_79B9_7F4A_7C15)];
        _states = new int[places];
        for (int i = 0; i < places; i++)
        {
            _places.Add(_ids[i], i);
        }

        Array.Fill(_states, 2, 0, size);
        Index.AddRange(_hashes.AsSpan(0, size), _ids.AsSpan(0, size), [.. Enumerable.Range(0, size).Select(Label)]);
    }

    public HashIndex Index { get; } = new();

    /// <summary>How many adds, removals and queries there were.</summary>
    public long Operations => Interlocked.Read(ref _operations);

    /// <summary>What was not as it must be: what was missed, wrong or doubled.</summary>
    public IReadOnlyCollection<string> Faults => _faults;

    /// <summary>Adds and removes entries of which this writer has every so-manieth to itself.</summary>
    public void Write(int writer, int writers, int operations, int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < operations && _faults.IsEmpty; i++)
        {
            int first = (random.Next(_ids.Length / writers) * writers) + writer;
            int most = ((_ids.Length - first - 1) / writers) + 1;
            int length = random.Next(200) == 0 ? Math.Min(random.Next(600), most) : 1;
            if (length == 1)
            {
                Change(first);
            }
            else
            {
                AddRange([.. Enumerable.Range(0, length).Select(k => first + (k * writers))]);
            }

            Interlocked.Add(ref _operations, length);
        }
    }

    /// <summary>Searches for one hash or several, and compares with the plain scan.</summary>
    public void Search(int searches, int seed, Func<bool> isOver)
    {
        var random = new Random(seed);
        int[] before = new int[_states.Length];
        for (int i = 0; i < searches && !isOver() && _faults.IsEmpty; i++)
        {
            int maxDistance = Distances[random.Next(Distances.Length)];

            // The answers to the greatest are long.
            if (maxDistance >= 255 && _ids.Length > 20_000 && random.Next(20) > 0)
            {
                maxDistance = 31;
            }

            int batch = random.Next(3) > 0 ? 0 : maxDistance >= 100 ? random.Next(3) : random.Next(40);
            LabelFilter filter = random.Next(4) == 0 ? LabelFilter.AnyOf((byte)random.Next(256)) : default;
            Hash256[] queries = [.. Enumerable.Range(0, Math.Max(batch, 1)).Select(_ => Query(random))];
            Copy(before);
            if (batch == 0)
            {
                List<IndexMatch> matches = [];
                Index.Search(queries[0], maxDistance, matches, filter);
                Check(before, queries[0], maxDistance, filter, matches);
            }
            else
            {
                List<BatchMatch> matches = [];
                Index.Search(queries, maxDistance, matches, filter);
                ILookup<int, IndexMatch> byQuery = matches.ToLookup(
                    match => match.QueryIndex, match => new IndexMatch(match.Id, match.Distance));
                int[] after = new int[_states.Length];
                Copy(after);
                for (int query = 0; query < batch; query++)
                {
                    Check(before, after, queries[query], maxDistance, filter, byQuery[query]);
                }
            }

            Interlocked.Add(ref _operations, queries.Length);
        }
    }

    /// <summary>Compares everything, when nobody changes anything.</summary>
    public void CheckAll(int seed)
    {
        var random = new Random(seed);
        int count = _states.Count(IsThere);
        if (Index.Count != count)
        {
            _faults.Enqueue($"{Index.Count} entries instead of {count}");
        }

        int[] states = new int[_states.Length];
        Copy(states);
        Hash256[] queries = [.. Enumerable.Range(0, 5).Select(_ => Query(random))];
        foreach (int maxDistance in Distances)
        {
            List<BatchMatch> batch = [];
            Index.Search(queries, maxDistance, batch);
            ILookup<int, IndexMatch> byQuery = batch.ToLookup(
                match => match.QueryIndex, match => new IndexMatch(match.Id, match.Distance));
            for (int query = 0; query < queries.Length; query++)
            {
                List<IndexMatch> matches = [];
                Index.Search(queries[query], maxDistance, matches);
                Check(states, states, queries[query], maxDistance, default, matches);
                Check(states, states, queries[query], maxDistance, default, byQuery[query]);
            }
        }
    }

    private static bool IsThere(int state) => state / 2 % 2 == 1;

    private static byte Label(int place) => (byte)(place * 37);

    private Hash256 HashOf(int place, int state) => _hashes[place + (((state / 2) - 1) / 2 % 2 * _ids.Length)];

    private Hash256 Query(Random random)
    {
        Hash256 hash = _hashes[random.Next(_hashes.Length)];
        return random.Next(4) == 0 ? Hashes.Random(random) : Hashes.Near(hash, random.Next(32), random);
    }

    private void Change(int place)
    {
        int state = _states[place];
        Volatile.Write(ref _states[place], state + 1);
        bool isDone = IsThere(state)
            ? Index.Remove(_ids[place])
            : Index.Add(HashOf(place, state + 2), _ids[place], Label(place));
        if (!isDone || Index.Contains(_ids[place]) == IsThere(state))
        {
            _faults.Enqueue("a change was refused");
        }

        Volatile.Write(ref _states[place], state + 2);
    }

    // Those that are there already must be passed over.
    private void AddRange(int[] places)
    {
        int[] missing = [.. places.Where(place => !IsThere(_states[place]))];
        foreach (int place in missing)
        {
            Volatile.Write(ref _states[place], _states[place] + 1);
        }

        int added = Index.AddRange(
            [.. places.Select(place => IsThere(_states[place]) ? default : HashOf(place, _states[place] + 1))],
            [.. places.Select(place => _ids[place])],
            [.. places.Select(Label)]);
        if (added != missing.Length)
        {
            _faults.Enqueue("a range was added wrongly");
        }

        foreach (int place in missing)
        {
            Volatile.Write(ref _states[place], _states[place] + 1);
        }
    }

    private void Copy(int[] states)
    {
        for (int i = 0; i < states.Length; i++)
        {
            states[i] = Volatile.Read(ref _states[i]);
        }
    }

    private void Check(
        int[] before, Hash256 query, int maxDistance, LabelFilter filter, IEnumerable<IndexMatch> matches)
    {
        int[] after = new int[_states.Length];
        Copy(after);
        Check(before, after, query, maxDistance, filter, matches);
    }

    private void Check(
        int[] before,
        int[] after,
        Hash256 query,
        int maxDistance,
        LabelFilter filter,
        IEnumerable<IndexMatch> matches)
    {
        Dictionary<int, int> found = [];
        foreach (IndexMatch match in matches)
        {
            int place = _places[match.Id];
            bool isSettled = before[place] == after[place] && before[place] % 2 == 0;
            bool isRight = isSettled
                ? IsThere(before[place]) && HashOf(place, before[place]).DistanceTo(query) == match.Distance
                : match.Distance == _hashes[place].DistanceTo(query)
                    || match.Distance == _hashes[place + _ids.Length].DistanceTo(query);
            if (!isRight || match.Distance > maxDistance || !filter.Allows(Label(place)))
            {
                _faults.Enqueue($"wrong at {maxDistance}");
            }

            if (!found.TryAdd(place, match.Distance))
            {
                _faults.Enqueue($"doubled at {maxDistance}");
            }
        }

        for (int place = 0; place < before.Length; place++)
        {
            if (before[place] == after[place]
                && before[place] % 2 == 0
                && IsThere(before[place])
                && HashOf(place, before[place]).DistanceTo(query) <= maxDistance
                && filter.Allows(Label(place))
                && !found.ContainsKey(place))
            {
                _faults.Enqueue($"missed at {maxDistance}");
            }
        }
    }
}
