using HashMatch.Benchmarks.Matcher;
using HashMatch.Matching;

namespace HashMatch.Tests.Matching.Report;

public sealed class HashFileTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Read_Rows_BitIIsOfWordIOver64()
    {
        byte[] bytes = new byte[3 * Hash256.ByteCount];
        bytes[0] = 1;
        bytes[31] = 0x80;
        bytes[32 + 9] = 0x04;
        File.WriteAllBytes(_path, bytes);

        Hash256[] hashes = HashFile.Read(_path);

        Assert.Equal([new Hash256(1, 0, 0, 1UL << 63), new Hash256(0, 1UL << 10, 0, 0), default], hashes);
    }

    [Theory]
    [InlineData(0, "is empty")]
    [InlineData(1, "is not a whole number of hashes")]
    [InlineData(31, "is not a whole number of hashes")]
    [InlineData(33, "is not a whole number of hashes")]
    [InlineData(65, "is not a whole number of hashes")]
    public void Read_NoWholeRows_IsRefused(int length, string reason)
    {
        File.WriteAllBytes(_path, new byte[length]);

        MatcherFailure failure = Assert.Throws<MatcherFailure>(() => HashFile.Read(_path));

        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NoSuchFile_IsRefused()
    {
        MatcherFailure file = Assert.Throws<MatcherFailure>(() => HashFile.Read(_path + ".not"));
        MatcherFailure folder = Assert.Throws<MatcherFailure>(() => HashFile.Read(Path.GetTempPath()));

        Assert.Contains("cannot be read", file.Message, StringComparison.Ordinal);
        Assert.Contains("cannot be read", folder.Message, StringComparison.Ordinal);
    }
}
