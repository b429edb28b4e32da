using HashMatch.Benchmarks.Recall.Edits;
using HashMatch.Benchmarks.Recall.Hashes;
using HashMatch.Benchmarks.Recall.Measures;
using HashMatch.Benchmarks.Recall.Report;
using HashMatch.Hashing;
using HashMatch.Matching;

namespace HashMatch.Benchmarks.Recall;

/// <summary>Edits, hashes, matches and counts; gives the figures, and writes nothing but the cache.</summary>
internal sealed class RecallRun
{
    private const int NearestShown = 20;

    private readonly IReadOnlyList<Photo> _photos;
    private readonly IReadOnlyList<Edit> _edits;
    private readonly Progress _progress;
    private readonly int _workers;
    private readonly CancellationToken _cancel;

    public RecallRun(
        IReadOnlyList<Photo> photos,
        IReadOnlyList<Edit> edits,
        Progress progress,
        int workers,
        CancellationToken cancel)
    {
        _photos = photos;
        _edits = edits;
        _progress = progress;
        _workers = workers;
        _cancel = cancel;
    }

    /// <summary>The sets that are asked for, one plain PDQ hash, and the hashes of 64 bits.</summary>
    public RecallReport Compare(ViewSet register, ViewSet query, HashCache cache)
    {
        Contender[] contenders =
        [
            Contender.Views(register, query), Contender.PlainPdq, .. ViewSets.SmallHashes.Select(Contender.Small),
        ];
        HashedPhotos hashes = Hash(contenders, cache);
        _progress.Begin("Matching", contenders.Length);
        ContenderReport[] reports =
        [
            .. contenders.Select(contender =>
            {
                ContenderReport report = Measure(contender, hashes, IndependentBits(contender, hashes));
                _progress.Advance();
                return report;
            }),
        ];
        _progress.End();

        IEnumerable<HashSlot> slots = contenders.SelectMany(contender =>
            (HashSlot[])[contender.RegisterSlot, contender.QuerySlot]);
        return new RecallReport(
            _photos.Count, _edits.Count, reports, HashCost.Measure(_photos, slots.DistinctBy(slot => slot.Set)));
    }

    /// <summary>
    /// The tiers, of all hashes that are ever asked for, against photos that are registered wide: whoever registers or
    /// asks for less is wrong less often.
    /// </summary>
    /// <exception cref="RecallFailure">There are too few photos.</exception>
    public Calibration Calibrate(HashCache cache)
    {
        var contender = Contender.Views(ViewSets.ForRegister[^1], ViewSets.ForQuery[^1]);
        HashedPhotos hashes = Hash([contender], cache);
        _progress.Begin("Comparing", 4);
        var untold = new Tiers([.. contender.Classes.Select(_ => new TierDistances(-1, -1))]);
        TailFit[] tails =
        [
            .. Advance(WrongPairs.OfAll(contender, untold, hashes, _edits, _workers, _cancel)).ByClass.Select(pairs =>
                TailFit.Of(pairs) ?? throw new RecallFailure("There are too few photos to calibrate on.")),
        ];
        FoundCopies found = Advance(FoundCopies.Search(contender, untold, hashes, _edits, _workers, _cancel));
        IReadOnlyList<double> shares = found.PartsOfClasses();
        CalibratedClass[] classes =
        [
            .. contender.Classes.Select((one, k) =>
                CalibratedClass.Of(one, tails[k], shares[k], contender.MaxDistance)),
        ];
        var tiers = new Tiers([.. classes.Select(one => new TierDistances(one.Strong, one.Review))]);
        WrongPairs pairs = Advance(WrongPairs.OfAll(contender, tiers, hashes, _edits, _workers, _cancel));
        WrongPairs frames = Advance(WrongPairs.InSameFrames(contender, tiers, hashes, _edits, _workers, _cancel));
        _progress.End();
        return new Calibration(
            _photos.Count,
            _edits.Count,
            contender.Register.Name,
            contender.Query.Name,
            classes,
            classes.Sum(one => one.StrongRate),
            classes.Sum(one => one.StrongRateUpper),
            classes.Sum(one => one.ReviewRate),
            classes.Sum(one => one.ReviewRateUpper),
            pairs.All.Pairs,
            pairs.Strong,
            pairs.Review,
            frames.All.Pairs,
            frames.Strong,
            frames.Review);
    }

    private T Advance<T>(T result)
    {
        _progress.Advance();
        return result;
    }

    private HashedPhotos Hash(Contender[] contenders, HashCache cache) =>
        new HashingRun(
            _photos,
            _edits,
            contenders.SelectMany(contender => (HashSlot[])[contender.RegisterSlot, contender.QuerySlot]),
            cache,
            _progress).Run(_workers, _cancel);

    private ContenderReport Measure(Contender contender, HashedPhotos hashes, double independentBits)
    {
        var tiers = Tiers.Of(contender);
        var found = FoundCopies.Search(contender, tiers, hashes, _edits, _workers, _cancel);
        var uploads = WrongPairs.OfAll(contender, tiers, hashes, _edits, _workers, _cancel);
        if (!found.WrongByDistance.SequenceEqual(uploads.All.Counts.Take(contender.MaxDistance + 1)))
        {
            throw new RecallFailure("The index and a plain comparison of all hashes find different pictures.");
        }

        var frames = WrongPairs.InSameFrames(contender, tiers, hashes, _edits, _workers, _cancel);
        int[] distances = [.. Enumerable.Range(0, contender.MaxDistance + 1)];
        RecallRow[] byEdit =
        [
            .. _edits.Select((edit, i) => new RecallRow(
                edit.Id,
                edit.Group,
                1,
                [.. distances.Select(distance => found.Recall(i, distance))],
                found.Recall(i, ConfidenceTier.Strong),
                found.Recall(i, ConfidenceTier.Review))),
        ];
        return new ContenderReport(
            contender.Name,
            contender.Register.Name,
            contender.Query.Name,
            $"Registered: {contender.Register.Description}. Asked for: {contender.Query.Description}.",
            contender.Bits,
            contender.UsualDistance,
            RecallRow.Mean("all", "all", byEdit),
            [.. byEdit.GroupBy(row => row.Group).Select(group => RecallRow.Mean(group.Key, group.Key, [.. group]))],
            byEdit,
            [.. NumbersOfHashes(found)],
            [
                .. found.BestViews.OrderByDescending(view => view.Value).Select(view =>
                    new ViewRow(view.Key.OfQuery ? "query" : "register", view.Key.View, view.Value)),
            ],
            Wrong(contender, WrongPairs.OfPhotos(contender, hashes), independentBits),
            Wrong(contender, uploads.All, independentBits) with
            {
                Strong = uploads.Strong,
                Review = uploads.Review,
                ByClass = Classes(contender, tiers, uploads),
            },
            Wrong(contender, frames.All, independentBits) with
            {
                Strong = frames.Strong,
                Review = frames.Review,
                ByClass = Classes(contender, tiers, frames),
            });
    }

    private static WrongClass[] Classes(Contender contender, Tiers tiers, WrongPairs pairs) =>
    [
        .. contender.Classes.Select((one, i) => new WrongClass(
            one.Name,
            tiers.ByClass[i].Strong,
            tiers.ByClass[i].Review,
            [.. pairs.ByClass[i].Counts.Take(contender.Bits + 1)],
            TailFit.Of(pairs.ByClass[i]))),
    ];

    // Single hashes of whole pictures, since the smallest distance of many is no sum of bits any more.
    private static double IndependentBits(Contender contender, HashedPhotos hashes)
    {
        Contender single = contender.Bits == Hash256.BitCount ? Contender.PlainPdq : contender;
        return EffectiveBits.Estimate(WrongPairs.OfPhotos(single, hashes).Counts, contender.Bits);
    }

    private WrongReport Wrong(Contender contender, DistanceCounts pairs, double independentBits)
    {
        TailFit? tail = TailFit.Of(pairs);
        int[] below = tail is null ? [] : [.. Enumerable.Range(0, tail.From + 1)];
        return new WrongReport(
            pairs.Pairs,
            [.. pairs.Counts.Take(contender.Bits + 1)],
            tail,
            [.. below.Select(distance => tail!.RateWithin(distance))],
            [
                .. below.Select(distance => Math.Pow(
                    10,
                    Math.Log10((double)tail!.Events / tail.Pairs)
                        + EffectiveBits.LogWithin((double)distance / contender.Bits, independentBits)
                        - EffectiveBits.LogWithin((double)tail.From / contender.Bits, independentBits))),
            ],
            independentBits,
            [
                .. pairs.Nearest.Take(NearestShown).Select(pair => new NearPair(
                    _photos[pair.Photo].Name,
                    pair.Edit == HashedPhotos.Unedited ? "unedited" : _edits[pair.Edit].Id,
                    _photos[pair.Other].Name,
                    pair.Distance)),
            ]);
    }

    private IEnumerable<HashNumberRow> NumbersOfHashes(FoundCopies found)
    {
        double copies = (double)_photos.Count * _edits.Count;
        return from row in found.ByNumberOfHashes
               orderby row.Key
               select new HashNumberRow(
                   row.Key.OfQuery ? "query" : "register",
                   row.Key.Hashes,
                   row.Value.Usual / copies,
                   row.Value.Strong / copies,
                   row.Value.Review / copies);
    }
}
