using HashMatch.Benchmarks.Recall.Edits;
using HashMatch.Benchmarks.Recall.Hashes;
using HashMatch.Hashing;
using HashMatch.Matching;

namespace HashMatch.Benchmarks.Recall.Measures;

/// <summary>Which edited copies are found through the real index, and at which distance.</summary>
internal sealed class FoundCopies
{
    // An entry's id is its photo's number and, below, its view's.
    private const int ViewBits = 10;
    private const ulong ViewMask = (1UL << ViewBits) - 1;

    private readonly int[][] _distances;

    // The same for each class, in the order of the contender's: one after the other for each photo.
    private readonly int[][] _byClass;
    private readonly ConfidenceTier?[][] _tiers;
    private readonly long[] _wrong;
    private readonly Dictionary<(bool OfQuery, int Hashes), TierCounts> _prefixes = [];
    private readonly Dictionary<(bool OfQuery, string View), long> _views = [];
    private readonly Lock _lock = new();

    private FoundCopies(Contender contender, int photos, int edits)
    {
        Contender = contender;
        Photos = photos;
        _distances = [.. Enumerable.Range(0, edits).Select(_ => new int[photos])];
        _byClass = [.. Enumerable.Range(0, edits).Select(_ => new int[photos * contender.Classes.Count])];
        _tiers = [.. Enumerable.Range(0, edits).Select(_ => new ConfidenceTier?[photos])];
        _wrong = new long[contender.MaxDistance + 1];
    }

    public Contender Contender { get; }

    public int Photos { get; }

    /// <summary>How often a photo was found that is not in the upload, by the smallest distance.</summary>
    public IReadOnlyList<long> WrongByDistance => _wrong;

    /// <summary>How many copies were found with only the first so many hashes of one side.</summary>
    public IReadOnlyDictionary<(bool OfQuery, int Hashes), TierCounts> ByNumberOfHashes => _prefixes;

    /// <summary>How many copies of those found each view came closest to.</summary>
    public IReadOnlyDictionary<(bool OfQuery, string View), long> BestViews => _views;

    public static FoundCopies Search(
        Contender contender,
        Tiers tiers,
        HashedPhotos hashes,
        IReadOnlyList<Edit> edits,
        int workers,
        CancellationToken cancel)
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
            () => new Searcher(found, tiers, index, registered, mostRegistered, mostAsked),
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

    /// <summary>The same with at least a tier.</summary>
    public double Recall(int edit, ConfidenceTier tier) => (double)_tiers[edit].Count(found => found >= tier) / Photos;

    /// <summary>
    /// For each class the part, 0 to 1, of the copies found within the usual distance to which it comes nearest.
    /// </summary>
    public IReadOnlyList<double> PartsOfClasses()
    {
        int[] copies = new int[Contender.Classes.Count];
        foreach (int[] distances in _byClass.SelectMany(found => found.Chunk(copies.Length)))
        {
            int least = distances.Min();
            if (least <= Contender.UsualDistance)
            {
                copies[Array.IndexOf(distances, least)]++;
            }
        }

        return [.. copies.Select(count => (double)count / Math.Max(1, copies.Sum()))];
    }

    /// <summary>One thread's share, added up at its end.</summary>
    private sealed class Searcher(
        FoundCopies found,
        Tiers tiers,
        HashIndex index,
        ViewHash[][] registered,
        int mostRegistered,
        int mostAsked)
    {
        private readonly int _none = found.Contender.MaxDistance + 1;
        private readonly List<BatchMatch> _matches = [];
        private readonly Dictionary<int, int> _wrong = [];
        private readonly long[] _wrongByDistance = new long[found.Contender.MaxDistance + 1];
        private readonly Dictionary<(bool OfQuery, int Hashes), TierCounts> _prefixes = [];
        private readonly Dictionary<(bool OfQuery, string View), long> _views = [];

        public void Search(int photo, int edit, int donor, IReadOnlyList<ViewHash> upload)
        {
            ViewHash[] usable = Questions.Usable(upload);
            _matches.Clear();
            _wrong.Clear();
            Question[] questions = Questions.Of(usable, found.Contender.Classes);
            index.Search([.. questions.Select(question => question.Hash)], found.Contender.MaxDistance, _matches);

            var byRegistered = new Nearness[registered[photo].Length];
            var byQuery = new Nearness[usable.Length];
            var none = new Nearness(_none, null);
            Array.Fill(byRegistered, none);
            Array.Fill(byQuery, none);
            int classes = found.Contender.Classes.Count;
            Span<int> byClass = found._byClass[edit].AsSpan(photo * classes, classes);
            byClass.Fill(_none);
            Nearness best = none;
            foreach (BatchMatch match in _matches)
            {
                int other = (int)(match.Id >> ViewBits);
                if (other == photo)
                {
                    int view = (int)(match.Id & ViewMask);
                    (_, int query, int hashClass) = questions[match.QueryIndex];
                    var near = new Nearness(match.Distance, tiers.Of(hashClass, match.Distance));
                    byClass[hashClass] = Math.Min(byClass[hashClass], match.Distance);
                    byRegistered[view] = byRegistered[view].Or(near);
                    byQuery[query] = byQuery[query].Or(near);
                    best = best.Or(near);
                }
                else if (other != donor)
                {
                    _wrong[other] = Math.Min(_wrong.GetValueOrDefault(other, _none), match.Distance);
                }
            }

            found._distances[edit][photo] = best.Distance;
            found._tiers[edit][photo] = best.Tier;
            foreach (int distance in _wrong.Values)
            {
                _wrongByDistance[distance]++;
            }

            CountPrefixes(ofQuery: false, byRegistered, mostRegistered);
            CountPrefixes(ofQuery: true, byQuery, mostAsked);
            if (best.Distance < _none)
            {
                CountView(false, registered[photo][IndexOf(byRegistered, best)].View);
                CountView(true, usable[IndexOf(byQuery, best)].View);
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

                foreach (((bool OfQuery, int Hashes) key, TierCounts counts) in _prefixes)
                {
                    found._prefixes[key] = found._prefixes.GetValueOrDefault(key).Plus(counts);
                }

                foreach (((bool OfQuery, string View) key, long count) in _views)
                {
                    found._views[key] = found._views.GetValueOrDefault(key) + count;
                }
            }
        }

        private static int IndexOf(Nearness[] views, Nearness best) =>
            Array.FindIndex(views, view => view.Distance == best.Distance);

        // With the first hash, with the first two, and so on, whether the copy was found. A picture with fewer usable
        // hashes than others goes on with what it has.
        private void CountPrefixes(bool ofQuery, Nearness[] views, int most)
        {
            var best = new Nearness(_none, null);
            for (int i = 0; i < most; i++)
            {
                best = i < views.Length ? best.Or(views[i]) : best;
                (bool OfQuery, int Hashes) key = (ofQuery, i + 1);
                _prefixes[key] = _prefixes.GetValueOrDefault(key).Plus(new TierCounts(
                    best.Distance <= found.Contender.UsualDistance ? 1 : 0,
                    best.Tier == ConfidenceTier.Strong ? 1 : 0,
                    best.Tier is null ? 0 : 1));
            }
        }

        private void CountView(bool ofQuery, string view) =>
            _views[(ofQuery, view)] = _views.GetValueOrDefault((ofQuery, view)) + 1;
    }

    /// <summary>The best of some matches: the smallest distance, and the best tier, which another may have.</summary>
    private readonly record struct Nearness(int Distance, ConfidenceTier? Tier)
    {
        public Nearness Or(Nearness other) => new(
            Math.Min(Distance, other.Distance), other.Tier is null || other.Tier < Tier ? Tier : other.Tier);
    }
}
