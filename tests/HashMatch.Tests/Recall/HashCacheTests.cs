using HashMatch.Benchmarks.Recall;
using HashMatch.Benchmarks.Recall.Hashes;
using HashMatch.Hashing;
using HashMatch.Matching;

namespace HashMatch.Tests.Recall;

public sealed class HashCacheTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hashmatch-recall-").FullName;

    private string File => Path.Combine(_folder, "sub", "hashes.cache");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Open_AfterAdding_HasWhatWasAdded()
    {
        using (var cache = HashCache.Open(File))
        {
            cache.Add(Key(1), Hashes(1));
            cache.Add(Key(2), []);
        }

        using var again = HashCache.Open(File);

        Assert.Equal(2, again.Count);
        Assert.True(again.TryGet(Key(1), out IReadOnlyList<ViewHash> found));
        Assert.Equal(Hashes(1), found);
        Assert.True(again.TryGet(Key(2), out found));
        Assert.Empty(found);
        Assert.False(again.TryGet(Key(3), out _));
    }

    [Fact]
    public void Open_LastRecordCutAnywhere_KeepsTheOthersAndGoesOn()
    {
        (byte[] whole, int first) = TwoRecords();
        for (int length = first; length < whole.Length; length++)
        {
            System.IO.File.WriteAllBytes(File, whole[..length]);

            using (var cut = HashCache.Open(File))
            {
                Assert.Equal(1, cut.Count);
                Assert.False(cut.TryGet(Key(2), out _));
                cut.Add(Key(2), Hashes(2));
            }

            Assert.Equal(whole, System.IO.File.ReadAllBytes(File));
        }
    }

    [Fact]
    public void Open_AnyByteOfTheLastRecordChanged_DropsThatRecord()
    {
        (byte[] whole, int first) = TwoRecords();
        for (int i = first; i < whole.Length; i++)
        {
            byte[] damaged = [.. whole];
            damaged[i] ^= 0x41;
            System.IO.File.WriteAllBytes(File, damaged);

            using var cache = HashCache.Open(File);

            Assert.Equal(1, cache.Count);
            Assert.True(cache.TryGet(Key(1), out _));
        }
    }

    [Fact]
    public void Open_WhileAnotherHasIt_IsRefused()
    {
        using var cache = HashCache.Open(File);

        Assert.Throws<RecallFailure>(() => HashCache.Open(File));
    }

    [Fact]
    public async Task Add_FromSeveralThreads_KeepsAll()
    {
        using (var cache = HashCache.Open(File))
        {
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
            {
                for (int i = 0; i < 200; i++)
                {
                    cache.Add(Key(i), Hashes(i));
                }
            })));
        }

        using var again = HashCache.Open(File);

        Assert.Equal(200, again.Count);
        Assert.All(Enumerable.Range(0, 200), i =>
        {
            Assert.True(again.TryGet(Key(i), out IReadOnlyList<ViewHash> found));
            Assert.Equal(Hashes(i), found);
        });
    }

    [Fact]
    public void CacheKey_PartsThatReadTheSameTogether_Differ()
    {
        Assert.Equal(CacheKey.Of("ab", "c"), CacheKey.Of("ab", "c"));
        Assert.NotEqual(CacheKey.Of("ab", "c"), CacheKey.Of("a", "bc"));
        Assert.NotEqual(CacheKey.Of("ab", ""), CacheKey.Of("ab"));
    }

    private static CacheKey Key(int number) => CacheKey.Of("key", $"{number}");

    private static ViewHash[] Hashes(int number) =>
    [
        new("whole", Dihedral.Identity, new Hash256((ulong)number, 2, 3, 4), 100),
        new("middle", Dihedral.AntiTranspose, new Hash256(5, 6, 7, (ulong)number), 0),
    ];

    private (byte[] Whole, int First) TwoRecords()
    {
        int first;
        using (var cache = HashCache.Open(File))
        {
            cache.Add(Key(1), Hashes(1));
            first = (int)new FileInfo(File).Length;
            cache.Add(Key(2), Hashes(2));
        }

        return (System.IO.File.ReadAllBytes(File), first);
    }
}
