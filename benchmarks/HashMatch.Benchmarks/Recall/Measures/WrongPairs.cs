using HashMatch.Benchmarks.Recall.Edits;
using HashMatch.Benchmarks.Recall.Hashes;
using HashMatch.Matching;

namespace HashMatch.Benchmarks.Recall.Measures;

/// <summary>
/// How near uploads come to photos that are not in them: for each pair the smallest distance of all their hashes, by
/// plain comparison of every hash with every hash.
/// </summary>
internal sealed class WrongPairs
{
    private readonly long[] _counts = new long[Hash256.BitCount + 1];
    private readonly Dictionary<(int Photo, int Other), (int Distance, int Edit)> _nearest = [];
    private readonly Lock _lock = new();

    /// <summary>How many pairs lie at each distance.</summary>
    public IReadOnlyList<long> Counts => _counts;

    public long Pairs => _counts.Sum();

    /// <summary>The nearest pairs of different photos, each once, with the edit in which they come nearest.</summary>
    public IEnumerable<(int Photo, int Other, int Distance, int Edit)> Nearest =>
        from pair in _nearest
        orderby pair.Value.Distance, pair.Key
        select (pair.Key.Photo, pair.Key.Other, pair.Value.Distance, pair.Value.Edit);

    /// <summary>All edited uploads against all other photos as registered.</summary>
    public static WrongPairs OfAll(
        Contender contender, HashedPhotos hashes, IReadOnlyList<Edit> edits, int workers, CancellationToken cancel) =>
        Compare(contender, hashes, edits, [.. Enumerable.Range(0, edits.Count)], inFrames: false, workers, cancel);

    /// <summary>Uploads in a frame against other photos that somebody registered in the same frame.</summary>
    public static WrongPairs InSameFrames(
        Contender contender, HashedPhotos hashes, IReadOnlyList<Edit> edits, int workers, CancellationToken cancel) =>
        Compare(
            contender,
            hashes,
            edits,
            [.. Enumerable.Range(0, edits.Count).Where(edit => edits[edit].IsFrame)],
            inFrames: true,
            workers,
            cancel);

    /// <summary>All photos as they are, as registered, against each other.</summary>
    public static WrongPairs OfPhotos(Contender contender, HashedPhotos hashes)
    {
        var pairs = new WrongPairs();
        Hash256[][] registered =
        [
            .. Enumerable.Range(0, hashes.Photos).Select(photo =>
                Hashes(hashes.Get(contender.RegisterSlot, photo, HashedPhotos.Unedited), withNegatives: false)),
        ];
        for (int photo = 0; photo < registered.Length; photo++)
        {
            for (int other = photo + 1; other < registered.Length; other++)
            {
                int distance = Smallest(registered[photo], registered[other]);
                pairs._counts[distance]++;
                pairs._nearest[(photo, other)] = (distance, HashedPhotos.Unedited);
            }
        }

        return pairs;
    }

    /// <summary>How many pairs come nearer than a distance, or as near.</summary>
    public long Within(int distance) => _counts.Take(distance + 1).Sum();

    /// <summary>How many different pairs of photos come that near, in whatever edits.</summary>
    public int PhotosWithin(int distance) => _nearest.Values.Count(pair => pair.Distance <= distance);

    private static WrongPairs Compare(
        Contender contender,
        HashedPhotos hashes,
        IReadOnlyList<Edit> edits,
        int[] chosen,
        bool inFrames,
        int workers,
        CancellationToken cancel)
    {
        var pairs = new WrongPairs();
        Hash256[][][] registered =
        [
            .. (inFrames ? chosen : [HashedPhotos.Unedited]).Select(edit => Enumerable.Range(0, hashes.Photos)
                .Select(photo => Hashes(hashes.Get(contender.RegisterSlot, photo, edit), withNegatives: false))
                .ToArray()),
        ];
        Parallel.For(
            0,
            hashes.Photos,
            new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = cancel },
            photo =>
            {
                long[] counts = new long[Hash256.BitCount + 1];
                var nearest = new (int Distance, int Edit)[hashes.Photos];
                Array.Fill(nearest, (int.MaxValue, 0));
                for (int i = 0; i < chosen.Length; i++)
                {
                    Hash256[] upload = Hashes(
                        hashes.Get(contender.QuerySlot, photo, chosen[i]), contender.Query.TriesNegatives);
                    int donor = edits[chosen[i]].UsesDonor ? HashingRun.DonorOf(photo, hashes.Photos) : photo;
                    for (int other = 0; other < hashes.Photos; other++)
                    {
                        if (other != photo && other != donor)
                        {
                            int distance = Smallest(upload, registered[inFrames ? i : 0][other]);
                            counts[distance]++;
                            nearest[other] = distance < nearest[other].Distance
                                ? (distance, chosen[i])
                                : nearest[other];
                        }
                    }
                }

                pairs.Add(photo, counts, nearest);
            });
        return pairs;
    }

    private static Hash256[] Hashes(IReadOnlyList<ViewHash> views, bool withNegatives) =>
        Questions.Of(Questions.Usable(views), withNegatives);

    // A picture without a usable hash is never found: it is counted as far away as can be.
    private static int Smallest(Hash256[] upload, Hash256[] registered)
    {
        int smallest = Hash256.BitCount;
        foreach (Hash256 one in upload)
        {
            foreach (Hash256 other in registered)
            {
                smallest = Math.Min(smallest, one.DistanceTo(other));
            }
        }

        return smallest;
    }

    private void Add(int photo, long[] counts, (int Distance, int Edit)[] nearest)
    {
        lock (_lock)
        {
            for (int i = 0; i < counts.Length; i++)
            {
                _counts[i] += counts[i];
            }

            for (int other = 0; other < nearest.Length; other++)
            {
                if (nearest[other].Distance <= Hash256.BitCount)
                {
                    _nearest[(photo, other)] = nearest[other];
                }
            }
        }
    }
}
