using HashMatch.Benchmarks.Recall.Edits;
using HashMatch.Benchmarks.Recall.Hashes;
using HashMatch.Matching;

namespace HashMatch.Benchmarks.Recall.Measures;

/// <summary>Which edited copies are found through the real index, and at which distance.</summary>
internal sealed class FoundCopies
{
    // An entry's id is its photo's number and, below, its view's.
    private const int ViewBits = 10;
    private const ulong ViewMask = (1UL << ViewBits) - 1;

    private readonly int[][] _distances;
    private readonly long[] _wrong;
    private readonly Dictionary<(bool OfQuery, int Hashes), long[]> _prefixes = [];
    private readonly Dictionary<(bool OfQuery, string View), long> _views = [];
    private readonly Lock _lock = new();

    private FoundCopies(Contender contender, int photos, int edits)
    {
        Contender = contender;
        Photos = photos;
        _distances = [.. Enumerable.Range(0, edits).Select(_ => new int[photos])];
        _wrong = new long[contender.MaxDistance + 1];
    }

    public Contender Contender { get; }

    public int Photos { get; }

    /// <summary>How often a photo was found that is not in the upload, by the smallest distance.</summary>
    public IReadOnlyList<long> WrongByDistance => _wrong;

    /// <summary>How many copies were found within each distance with the first so many hashes of one side.</summary>
    public IReadOnlyDictionary<(bool OfQuery, int Hashes), long[]> ByNumberOfHashes => _prefixes;

    /// <summary>How many copies of those found each view came closest to.</summary>
    public IReadOnlyDictionary<(bool OfQuery, string View), long> BestViews => _views;

    public static FoundCopies Search(
        Contender contender, HashedPhotos hashes, IReadOnlyList<Edit> edits, int workers, CancellationToken cancel)
    {
        var found = new FoundCopies(contender, hashes.Photos, edits.Count);
        ViewHash[][] registered =
        [
            .. Enumerable.Range(0, hashes.Photos).Select(photo => Questions.Usable(
                hashes.Get(contender.RegisterSlot, photo, HashedPhotos.Unedited))),
        ];
        var index = new HashIndex();
        for (int photo = 0; photo < registered.Length; photo++)
        {
            ulong first = (ulong)photo << ViewBits;
            index.AddRange(
                [.. registered[photo].Select(view => view.Hash)],
                [.. Enumerable.Range(0, registered[photo].Length).Select(view => first + (ulong)view)]);
        }

        int mostRegistered = registered.Max(views => views.Length);
        int mostAsked = Enumerable.Range(0, hashes.Photos * edits.Count).Max(i =>
            hashes.Get(contender.QuerySlot, i / edits.Count, i % edits.Count).Count);
        Parallel.For(
            0,
            hashes.Photos,
            new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = cancel },
            () => new Searcher(found, index, registered, mostRegistered, mostAsked),
            (photo, _, searcher) =>
            {
                for (int edit = 0; edit < edits.Count; edit++)
                {
                    int donor = edits[edit].UsesDonor ? HashingRun.DonorOf(photo, hashes.Photos) : photo;
                    searcher.Search(photo, edit, donor, hashes.Get(contender.QuerySlot, photo, edit));
                }

                return searcher;
            },
            searcher => searcher.Finish());
        return found;
    }

    /// <summary>The share of photos, 0 to 1, of which an edit's copy is found within a distance.</summary>
    public double Recall(int edit, int distance) =>
        (double)_distances[edit].Count(found => found <= distance) / Photos;

    /// <summary>The mean over edits.</summary>
    public double Recall(IEnumerable<int> edits, int distance) => edits.Average(edit => Recall(edit, distance));

    /// <summary>One thread's share, added up at its end.</summary>
    private sealed class Searcher(
        FoundCopies found, HashIndex index, ViewHash[][] registered, int mostRegistered, int mostAsked)
    {
        private readonly int _none = found.Contender.MaxDistance + 1;
        private readonly List<BatchMatch> _matches = [];
        private readonly Dictionary<int, int> _wrong = [];
        private readonly long[] _wrongByDistance = new long[found.Contender.MaxDistance + 1];
        private readonly Dictionary<(bool OfQuery, int Hashes), long[]> _prefixes = [];
        private readonly Dictionary<(bool OfQuery, string View), long> _views = [];

        public void Search(int photo, int edit, int donor, IReadOnlyList<ViewHash> upload)
        {
            ViewHash[] usable = Questions.Usable(upload);
            _matches.Clear();
            _wrong.Clear();
            index.Search(
                Questions.Of(usable, found.Contender.Query.TriesNegatives), found.Contender.MaxDistance, _matches);

            int[] byRegistered = new int[registered[photo].Length];
            int[] byQuery = new int[usable.Length];
            Array.Fill(byRegistered, _none);
            Array.Fill(byQuery, _none);
            int best = _none;
            foreach (BatchMatch match in _matches)
            {
                int other = (int)(match.Id >> ViewBits);
                if (other == photo)
                {
                    int view = (int)(match.Id & ViewMask);
                    int query = match.QueryIndex % usable.Length;
                    byRegistered[view] = Math.Min(byRegistered[view], match.Distance);
                    byQuery[query] = Math.Min(byQuery[query], match.Distance);
                    best = Math.Min(best, match.Distance);
                }
                else if (other != donor)
                {
                    _wrong[other] = Math.Min(_wrong.GetValueOrDefault(other, _none), match.Distance);
                }
            }

            found._distances[edit][photo] = best;
            foreach (int distance in _wrong.Values)
            {
                _wrongByDistance[distance]++;
            }

            CountPrefixes(ofQuery: false, byRegistered, mostRegistered);
            CountPrefixes(ofQuery: true, byQuery, mostAsked);
            if (best < _none)
            {
                CountView(false, registered[photo][Array.IndexOf(byRegistered, best)].View);
                CountView(true, usable[Array.IndexOf(byQuery, best)].View);
            }
        }

        public void Finish()
        {
            lock (found._lock)
            {
                for (int i = 0; i < _wrongByDistance.Length; i++)
                {
                    found._wrong[i] += _wrongByDistance[i];
                }

                foreach (((bool OfQuery, int Hashes) key, long[] counts) in _prefixes)
                {
                    long[] sum = found._prefixes.TryGetValue(key, out long[]? before) ? before : new long[_none];
                    found._prefixes[key] = [.. sum.Zip(counts, (a, b) => a + b)];
                }

                foreach (((bool OfQuery, string View) key, long count) in _views)
                {
                    found._views[key] = found._views.GetValueOrDefault(key) + count;
                }
            }
        }

        // With the first hash, with the first two, and so on: within each distance, whether the copy was found. A
        // picture with fewer usable hashes than others goes on with what it has.
        private void CountPrefixes(bool ofQuery, int[] distances, int most)
        {
            int best = _none;
            for (int i = 0; i < most; i++)
            {
                best = i < distances.Length ? Math.Min(best, distances[i]) : best;
                if (!_prefixes.TryGetValue((ofQuery, i + 1), out long[]? counts))
                {
                    _prefixes[(ofQuery, i + 1)] = counts = new long[_none];
                }

                for (int distance = best; distance < _none; distance++)
                {
                    counts[distance]++;
                }
            }
        }

        private void CountView(bool ofQuery, string view) =>
            _views[(ofQuery, view)] = _views.GetValueOrDefault((ofQuery, view)) + 1;
    }
}
