using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using HashMatch.Hashing;
using HashMatch.Matching;
using HashMatch.Tests.Hashing;

namespace HashMatch.Benchmarks;

/// <summary>The hasher against PDQ written out literally, one number at a time, on one thread.</summary>
[MemoryDiagnoser]
[SimpleJob(launchCount: 1, warmupCount: 3, iterationCount: 7)]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
[HideColumns("Job", "IterationCount", "LaunchCount", "WarmupCount")]
public class PdqBenchmarks
{
    private const string Small = "512x512 RGB";
    private const string Large = "4000x3000 RGB";
    private const string Stretched = "4000x3000 RGB, Stretch512";
    private const string Turns = "512x512 RGB, dihedral";

    private readonly PdqHasher _hasher = new();
    private readonly Hash256[] _turns = new Hash256[PdqHasher.DihedralCount];
    private SyntheticPicture _small = null!;
    private SyntheticPicture _large = null!;

    [GlobalSetup]
    public void MakePictures()
    {
        _small = SyntheticPicture.Make(SyntheticKind.Scene, 512, 512, PixelFormat.Rgb24);
        _large = SyntheticPicture.Make(SyntheticKind.Scene, 4000, 3000, PixelFormat.Rgb24);
        _ = _hasher.Hash(_large.Pixels, _large.Width, _large.Height, _large.Format);
    }

    [BenchmarkCategory(Small)]
    [Benchmark(Baseline = true, Description = "literal")]
    public Fingerprint LiteralSmall() => Literal(_small, PdqMode.FullResolution);

    [BenchmarkCategory(Small)]
    [Benchmark(Description = "PdqHasher")]
    public Fingerprint HashSmall() => _hasher.Hash(_small.Pixels, _small.Width, _small.Height, _small.Format);

    [BenchmarkCategory(Large)]
    [Benchmark(Baseline = true, Description = "literal")]
    public Fingerprint LiteralLarge() => Literal(_large, PdqMode.FullResolution);

    [BenchmarkCategory(Large)]
    [Benchmark(Description = "PdqHasher")]
    public Fingerprint HashLarge() => _hasher.Hash(_large.Pixels, _large.Width, _large.Height, _large.Format);

    [BenchmarkCategory(Stretched)]
    [Benchmark(Baseline = true, Description = "literal")]
    public Fingerprint LiteralStretched() => Literal(_large, PdqMode.Stretch512);

    [BenchmarkCategory(Stretched)]
    [Benchmark(Description = "PdqHasher")]
    public Fingerprint HashStretched() =>
        _hasher.Hash(_large.Pixels, _large.Width, _large.Height, _large.Format, PdqMode.Stretch512);

    // The eight hashes against one: to be compared with PdqHasher's own row for 512x512.
    [BenchmarkCategory(Turns)]
    [Benchmark(Baseline = true, Description = "literal")]
    public Hash256[] LiteralTurns()
    {
        var pdq = LiteralPdq.Run(
            _small.Pixels,
            _small.Width,
            _small.Height,
            _small.Stride,
            _small.Format,
            PdqMode.FullResolution,
            dihedral: true);
        return pdq.AllHashes();
    }

    [BenchmarkCategory(Turns)]
    [Benchmark(Description = "PdqHasher")]
    public int HashTurns() => _hasher.HashDihedral(_small.Pixels, _small.Width, _small.Height, _small.Format, _turns);

    private static Fingerprint Literal(SyntheticPicture picture, PdqMode mode) => LiteralPdq.Fingerprint(
        picture.Pixels, picture.Width, picture.Height, picture.Stride, picture.Format, mode);
}
