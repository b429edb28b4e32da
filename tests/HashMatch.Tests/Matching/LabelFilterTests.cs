using HashMatch.Matching;

namespace HashMatch.Tests.Matching;

public sealed class LabelFilterTests
{
    [Fact]
    public void Default_AnyLabel_IsLetThrough()
    {
        Assert.True(default(LabelFilter).IsAll);
        Assert.All(Labels, label => Assert.True(LabelFilter.All.Allows(label)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(0x81)]
    [InlineData(255)]
    public void Masks_AnyLabel_AreTestedBitByBit(byte mask) => Assert.All(
        Labels,
        label =>
        {
            Assert.Equal((label & mask) != 0, LabelFilter.AnyOf(mask).Allows(label));
            Assert.Equal((label & mask) == mask, LabelFilter.AllOf(mask).Allows(label));
        });

    [Fact]
    public void Where_Predicate_IsAskedOncePerLabel()
    {
        List<byte> asked = [];

        var filter = LabelFilter.Where(label =>
        {
            asked.Add(label);
            return label % 3 == 0;
        });

        Assert.Equal(Labels, asked);
        Assert.All(Labels, label => Assert.Equal(label % 3 == 0, filter.Allows(label)));
        Assert.False(filter.IsAll);
    }

    [Fact]
    public void Search_WithFilter_GivesTheLabelledAlone()
    {
        var random = new Random(1);
        Hash256[] hashes = Hashes.Clustered(3_000, random);
        ulong[] ids = [.. Enumerable.Range(0, hashes.Length).Select(i => (ulong)i)];
        byte[] labels = new byte[hashes.Length];
        random.NextBytes(labels);
        var index = new HashIndex();
        index.AddRange(hashes.AsSpan(1), ids.AsSpan(1), labels.AsSpan(1));
        index.Add(hashes[0], 0, labels[0]);
        var filter = LabelFilter.AnyOf(6);
        List<IndexMatch> matches = [];
        List<BatchMatch> batch = [];

        index.Search(hashes[5], 64, matches, filter);
        index.Search([hashes[5]], 64, batch, filter);

        IEnumerable<ulong> expected = ids.Where(
            id => hashes[id].DistanceTo(hashes[5]) <= 64 && (labels[id] & 6) != 0);
        Assert.Equal(expected, matches.Select(match => match.Id).Order());
        Assert.Equal(expected, batch.Select(match => match.Id).Order());
    }

    private static IEnumerable<byte> Labels => Enumerable.Range(0, 256).Select(label => (byte)label);
}
