using HashMatch.Benchmarks.Recall.Edits;
using HashMatch.Benchmarks.Recall.Hashes;
using HashMatch.Benchmarks.Recall.Measures;
using HashMatch.Benchmarks.Recall.Report;
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
    public RecallReport Compare(ViewSet register, ViewSet query, Calibration calibration, HashCache cache)
    {
        var plain = Contender.Pdq(ViewSets.Pdq, ViewSets.Plain);
        var main = Contender.Pdq(register, query);
        Contender[] contenders =
        [
            .. new[] { main, plain }.DistinctBy(contender => contender.Name),
            .. ViewSets.SmallHashes.Select(Contender.Small),
        ];
        HashedPhotos hashes = Hash(contenders, cache);
        _progress.Begin("Matching", contenders.Length);
        ContenderReport[] reports =
        [
            .. contenders.Select(contender =>
            {
                ContenderReport report = Measure(contender, hashes, IndependentBits(contender, plain, hashes));
                _progress.Advance();
                return report;
            }),
        ];
        _progress.End();

        Tiers? known = calibration.Find(register.Name, query.Name);
        Tiers? own = reports[0].Uploads.Tail is { } tail ? Tiers.Of(main, tail) : null;
        IEnumerable<HashSlot> slots = contenders.SelectMany(contender =>
            (HashSlot[])[contender.RegisterSlot, contender.QuerySlot]);
        return new RecallReport(
            _photos.Count,
            _edits.Count,
            known ?? own ?? new Tiers(register.Name, query.Name, -1, -1),
            known is null ? "this run's own tail" : "the checked-in calibration",
            reports,
            HashCost.Measure(_photos, slots.DistinctBy(slot => slot.Set)));
    }

    /// <summary>The tiers of every pair of sets, from the tails of their distances.</summary>
    public Calibration Calibrate(HashCache cache)
    {
        Contender[] contenders =
        [
            .. from register in ViewSets.ForRegister
               from query in ViewSets.ForQuery
               select Contender.Pdq(register, query),
        ];
        HashedPhotos hashes = Hash(contenders, cache);
        _progress.Begin("Comparing", contenders.Length);
        CalibratedTiers[] sets = [.. contenders.Select(contender => Calibrate(contender, hashes))];
        _progress.End();
        return new Calibration(_photos.Count, _edits.Count, sets);
    }

    private CalibratedTiers Calibrate(Contender contender, HashedPhotos hashes)
    {
        var pairs = WrongPairs.OfAll(contender, hashes, _edits, _workers, _cancel);
        TailFit tail = TailFit.Of(pairs.Counts, pairs.PhotosWithin)
            ?? throw new RecallFailure("There are too few photos to calibrate on.");
        var frames = WrongPairs.InSameFrames(contender, hashes, _edits, _workers, _cancel);
        var tiers = Tiers.Of(contender, tail);
        _progress.Advance();
        return new CalibratedTiers(
            tiers, tail, frames.Pairs, frames.Within(tiers.Strong), frames.Within(tiers.Review));
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
        var found = FoundCopies.Search(contender, hashes, _edits, _workers, _cancel);
        var uploads = WrongPairs.OfAll(contender, hashes, _edits, _workers, _cancel);
        if (!found.WrongByDistance.SequenceEqual(uploads.Counts.Take(contender.MaxDistance + 1)))
        {
            throw new RecallFailure("The index and a plain comparison of all hashes find different pictures.");
        }

        int[] distances = [.. Enumerable.Range(0, contender.MaxDistance + 1)];
        RecallRow[] byEdit =
        [
            .. _edits.Select((edit, i) => new RecallRow(
                edit.Id, edit.Group, 1, [.. distances.Select(distance => found.Recall(i, distance))])),
        ];
        return new ContenderReport(
            contender.Name,
            contender.Register.Name,
            contender.Query.Name,
            $"Registered: {contender.Register.Description}. Asked for: {contender.Query.Description}.",
            contender.Bits,
            contender.UsualDistance,
            Mean(byEdit),
            [
                .. byEdit.GroupBy(row => row.Group)
                    .Select(group => new RecallRow(group.Key, group.Key, group.Count(), Mean([.. group]))),
            ],
            byEdit,
            [.. NumbersOfHashes(found)],
            [
                .. found.BestViews.OrderByDescending(view => view.Value).Select(view =>
                    new ViewRow(view.Key.OfQuery ? "query" : "register", view.Key.View, view.Value)),
            ],
            Wrong(contender, WrongPairs.OfPhotos(contender, hashes), independentBits),
            Wrong(contender, uploads, independentBits),
            Wrong(
                contender, WrongPairs.InSameFrames(contender, hashes, _edits, _workers, _cancel), independentBits));
    }

    // Single hashes of whole pictures, since the smallest distance of many is no sum of bits any more.
    private static double IndependentBits(Contender contender, Contender plain, HashedPhotos hashes)
    {
        Contender single = contender.Bits == Hash256.BitCount ? plain : contender;
        return EffectiveBits.Estimate(WrongPairs.OfPhotos(single, hashes).Counts, contender.Bits);
    }

    private WrongReport Wrong(Contender contender, WrongPairs pairs, double independentBits)
    {
        TailFit? tail = TailFit.Of(pairs.Counts, pairs.PhotosWithin);
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
                   [.. row.Value.Select(count => count / copies)]);
    }

    private static double[] Mean(RecallRow[] rows) =>
        [.. Enumerable.Range(0, rows[0].Recall.Count).Select(distance => rows.Average(row => row.Recall[distance]))];
}
