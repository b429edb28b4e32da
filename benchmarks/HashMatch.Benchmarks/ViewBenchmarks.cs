using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using HashMatch.Hashing;
using HashMatch.Tests.Hashing;

namespace HashMatch.Benchmarks;

/// <summary>What all views of a picture cost, beside one plain hash of it, on one thread.</summary>
[MemoryDiagnoser]
[SimpleJob(launchCount: 1, warmupCount: 3, iterationCount: 7)]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
[HideColumns("Job", "IterationCount", "LaunchCount", "WarmupCount")]
public class ViewBenchmarks
{
    private const string OneMegapixel = "1024x1024 RGB";
    private const string TwelveMegapixels = "4000x3000 RGB";

    private readonly PdqHasher _hasher = new();
    private readonly ViewHasher _views = new();
    private SyntheticPicture _small = null!;
    private SyntheticPicture _large = null!;

    [GlobalSetup]
    public void MakePictures()
    {
        _small = SyntheticPicture.Make(SyntheticKind.Scene, 1024, 1024, PixelFormat.Rgb24);
        _large = SyntheticPicture.Make(SyntheticKind.Scene, 4000, 3000, PixelFormat.Rgb24);
    }

    [BenchmarkCategory(OneMegapixel)]
    [Benchmark(Baseline = true, Description = "one plain hash")]
    public Fingerprint HashSmall() => _hasher.Hash(_small.Pixels, _small.Width, _small.Height, _small.Format);

    [BenchmarkCategory(OneMegapixel)]
    [Benchmark(Description = "the 16 views to register")]
    public int RegisterSmall() => Register(_small);

    [BenchmarkCategory(OneMegapixel)]
    [Benchmark(Description = "the up to 72 hashes to look up")]
    public int QuerySmall() => Query(_small);

    [BenchmarkCategory(TwelveMegapixels)]
    [Benchmark(Baseline = true, Description = "one plain hash")]
    public Fingerprint HashLarge() => _hasher.Hash(_large.Pixels, _large.Width, _large.Height, _large.Format);

    [BenchmarkCategory(TwelveMegapixels)]
    [Benchmark(Description = "the 16 views to register")]
    public int RegisterLarge() => Register(_large);

    [BenchmarkCategory(TwelveMegapixels)]
    [Benchmark(Description = "the up to 72 hashes to look up")]
    public int QueryLarge() => Query(_large);

    private int Register(SyntheticPicture picture) =>
        _views.Register(picture.Pixels, picture.Width, picture.Height, picture.Format, RegisterViews.Wide).Count;

    private int Query(SyntheticPicture picture) =>
        _views.Query(picture.Pixels, picture.Width, picture.Height, picture.Format, QueryViews.Wide).Count;
}
