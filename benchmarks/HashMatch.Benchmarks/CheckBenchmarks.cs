using BenchmarkDotNet.Attributes;
using HashMatch.Benchmarks.Matcher;
using HashMatch.Hashing;
using HashMatch.Matching;
using HashMatch.Tests.Hashing;
using HashMatch.Tests.Matching;

namespace HashMatch.Benchmarks;

/// <summary>
/// What it costs to look up all views of one upload among a million pictures of 16 views each, in one thread: each
/// group of hashes within its own distance of the tiers. It needs 4 GB of memory.
/// </summary>
[InProcess]
[WarmupCount(2)]
[IterationCount(7)]
[HideColumns("Toolchain", "IterationCount", "WarmupCount")]
public class CheckBenchmarks
{
    private const int Pictures = 1_000_000;
    private const int WarmingHashes = 1024;
    private const int WarmingDistance = 42;

    // One for all benchmarks of a run, for filling takes a minute.
    private static readonly Lazy<HashIndex> Index = new(Fill);

    private readonly List<BatchMatch> _matches = [];
    private HashIndex _index = null!;
    private Question[] _questions = [];

    /// <summary>What is looked up; wide with its negatives.</summary>
    [Params(QueryViews.Plain, QueryViews.Turned, QueryViews.Wide)]
    public QueryViews Views { get; set; }

    [GlobalSetup]
    public void Ask()
    {
        _index = Index.Value;
        SyntheticPicture upload = SyntheticPicture.Make(SyntheticKind.Scene, 1200, 900, PixelFormat.Rgb24);
        IReadOnlyList<PictureView> views =
            new ViewHasher().Query(upload.Pixels, upload.Width, upload.Height, upload.Format, Views);
        HashSet<string> turned = [.. views.Where(view => view.Turn != Dihedral.Identity).Select(view => view.Name)];
        (Hash256 Hash, TierDistances Distances)[] asked =
        [
            .. views.Select(view => (view.Fingerprint.Hash, MatchTiers.DistancesFor(Views, view.Turn, false))),
            .. views.Where(view => turned.Contains(view.Name)).Select(view =>
                (Negative(view.Fingerprint.Hash), MatchTiers.DistancesFor(Views, view.Turn, true))),
        ];
        _questions =
        [
            .. asked.Where(one => one.Distances.Review >= 0).GroupBy(one => one.Distances)
                .Select(group => new Question(group.Key, [.. group.Select(one => one.Hash)])),
        ];
    }

    [Benchmark]
    public int Strong()
    {
        _matches.Clear();
        foreach (Question question in _questions)
        {
            _index.Search(question.Hashes, question.Distances.Strong, _matches);
        }

        return _matches.Count;
    }

    [Benchmark]
    public int Review()
    {
        _matches.Clear();
        foreach (Question question in _questions)
        {
            _index.Search(question.Hashes, question.Distances.Review, _matches);
        }

        return _matches.Count;
    }

    private static HashIndex Fill()
    {
        var sets = new HashSets(HashSetKind.Uniform);
        HashIndex index = BuiltIndex.Fill(
            sets.Create(Pictures * ViewHasher.MaxRegistered), new Progress(TextWriter.Null));
        Background.WaitUntilQuiet(Background.Rest);

        // What filling left behind is freed, and the index is in memory as when it is in use, before anything is timed.
        GC.Collect();
        index.Search(sets.CreateOthers(WarmingHashes), WarmingDistance, []);
        return index;
    }

    private static Hash256 Negative(Hash256 hash) =>
        new(~hash.GetWord(0), ~hash.GetWord(1), ~hash.GetWord(2), ~hash.GetWord(3));

    /// <summary>Hashes that are looked up within the same distances.</summary>
    private sealed record Question(TierDistances Distances, Hash256[] Hashes);
}
