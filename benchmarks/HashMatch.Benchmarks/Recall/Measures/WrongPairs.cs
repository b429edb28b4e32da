using HashMatch.Benchmarks.Recall.Edits;
using HashMatch.Benchmarks.Recall.Hashes;
using HashMatch.Hashing;
using HashMatch.Matching;

namespace HashMatch.Benchmarks.Recall.Measures;

/// <summary>
/// How near uploads come to photos that are not in them: for each pair the smallest distance of all their hashes, by
/// plain comparison of every hash with every hash.
/// </summary>
internal sealed class WrongPairs
{
    private long _strong;
    private long _review;

    private WrongPairs(Contender contender, int photos)
    {
        All = new DistanceCounts(photos);
        ByClass = [.. contender.Classes.Select(_ => new DistanceCounts(photos))];
    }

    /// <summary>By the smallest distance of all hashes.</summary>
    public DistanceCounts All { get; }

    /// <summary>By the smallest distance of the hashes of each class.</summary>
    public IReadOnlyList<DistanceCounts> ByClass { get; }

    /// <summary>How many pairs are taken for copies with tier "strong".</summary>
    public long Strong => _strong;

    /// <summary>The same with any tier.</summary>
    public long Review => _review;

    /// <summary>All edited uploads against all other photos as registered.</summary>
    public static WrongPairs OfAll(
        Contender contender,
        Tiers tiers,
        HashedPhotos hashes,
        IReadOnlyList<Edit> edits,
        int workers,
        CancellationToken cancel) =>
        Compare(
            contender, tiers, hashes, edits, [.. Enumerable.Range(0, edits.Count)], inFrames: false, workers, cancel);

    /// <summary>Uploads in a frame against other photos that somebody registered in the same frame.</summary>
    public static WrongPairs InSameFrames(
        Contender contender,
        Tiers tiers,
        HashedPhotos hashes,
        IReadOnlyList<Edit> edits,
        int workers,
        CancellationToken cancel) =>
        Compare(
            contender,
            tiers,
            hashes,
            edits,
            [.. Enumerable.Range(0, edits.Count).Where(edit => edits[edit].IsFrame)],
            inFrames: true,
            workers,
            cancel);

    /// <summary>All photos as they are, as registered, against each other; each pair once.</summary>
    public static DistanceCounts OfPhotos(Contender contender, HashedPhotos hashes)
    {
        var pairs = new DistanceCounts(hashes.Photos);
        Hash256[][] registered =
            [.. Enumerable.Range(0, hashes.Photos).Select(photo => Registered(contender, hashes, photo))];
        for (int photo = 0; photo < registered.Length; photo++)
        {
            int[] distances =
            [
                .. registered.Select((other, i) => i <= photo ? -1 : Smallest(registered[photo], other)),
            ];
            pairs.Add(photo, [distances], [HashedPhotos.Unedited]);
        }

        return pairs;
    }

    private static WrongPairs Compare(
        Contender contender,
        Tiers tiers,
        HashedPhotos hashes,
        IReadOnlyList<Edit> edits,
        int[] chosen,
        bool inFrames,
        int workers,
        CancellationToken cancel)
    {
        var pairs = new WrongPairs(contender, hashes.Photos);
        Hash256[][][] registered =
        [
            .. (inFrames ? chosen : [HashedPhotos.Unedited]).Select(edit => Enumerable.Range(0, hashes.Photos)
                .Select(photo => Registered(contender, hashes, photo, edit)).ToArray()),
        ];
        Parallel.For(
            0,
            hashes.Photos,
            new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = cancel },
            photo =>
            {
                var upload = new UploadedPhoto(contender, tiers, chosen.Length, hashes.Photos);
                for (int i = 0; i < chosen.Length; i++)
                {
                    int donor = edits[chosen[i]].UsesDonor ? HashingRun.DonorOf(photo, hashes.Photos) : photo;
                    ViewHash[] asked = Questions.Usable(hashes.Get(contender.QuerySlot, photo, chosen[i]));
                    upload.Compare(i, asked, registered[inFrames ? i : 0], [photo, donor]);
                }

                pairs.All.Add(photo, upload.All, chosen);
                for (int k = 0; k < pairs.ByClass.Count; k++)
                {
                    pairs.ByClass[k].Add(photo, upload.ByClass[k], chosen);
                }

                Interlocked.Add(ref pairs._strong, upload.Strong);
                Interlocked.Add(ref pairs._review, upload.Review);
            });
        return pairs;
    }

    private static Hash256[] Registered(
        Contender contender, HashedPhotos hashes, int photo, int edit = HashedPhotos.Unedited) =>
        [.. Questions.Usable(hashes.Get(contender.RegisterSlot, photo, edit)).Select(view => view.Hash)];

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

    /// <summary>The distances of all edits of one photo to all other photos.</summary>
    private sealed class UploadedPhoto
    {
        private readonly Contender _contender;
        private readonly Tiers _tiers;

        public UploadedPhoto(Contender contender, Tiers tiers, int edits, int photos)
        {
            _contender = contender;
            _tiers = tiers;
            All = New();
            ByClass = [.. contender.Classes.Select(_ => New())];

            int[][] New() => [.. Enumerable.Range(0, edits).Select(_ => new int[photos])];
        }

        public int[][] All { get; }

        public int[][][] ByClass { get; }

        public long Strong { get; private set; }

        public long Review { get; private set; }

        public void Compare(int edit, ViewHash[] asked, Hash256[][] registered, int[] shown)
        {
            Hash256[][] byClass = [.. _contender.Classes.Select(one => Questions.Of(asked, one))];
            for (int other = 0; other < registered.Length; other++)
            {
                bool isPair = !shown.Contains(other);
                int smallest = isPair ? Hash256.BitCount : -1;
                ConfidenceTier? tier = null;
                for (int k = 0; k < byClass.Length; k++)
                {
                    int distance = isPair ? Smallest(byClass[k], registered[other]) : -1;
                    ByClass[k][edit][other] = distance;
                    smallest = Math.Min(smallest, distance);
                    ConfidenceTier? mine = isPair ? _tiers.Of(k, distance) : null;
                    tier = mine is null || mine < tier ? tier : mine;
                }

                All[edit][other] = smallest;
                Strong += tier == ConfidenceTier.Strong ? 1 : 0;
                Review += tier is null ? 0 : 1;
            }
        }
    }
}
