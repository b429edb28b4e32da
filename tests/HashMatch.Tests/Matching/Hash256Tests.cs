using System.Globalization;
using System.Numerics;
using HashMatch.Matching;

namespace HashMatch.Tests.Matching;

public sealed class Hash256Tests
{
    private const string Hex = "f8f8f0cce0f4a84d06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22";

    [Fact]
    public void TryParse_HexOfEitherCase_GivesTheHashThatToHexWrites()
    {
        bool lower = Hash256.TryParse(Hex, out Hash256 fromLower);
        bool upper = Hash256.TryParse(Hex.ToUpperInvariant(), out Hash256 fromUpper);

        Assert.True(lower && upper);
        Assert.Equal(fromLower, fromUpper);
        Assert.Equal(Hex, fromLower.ToHex());
    }

    [Theory]
    [InlineData("")]
    [InlineData("f8")]
    [InlineData("8f8f0cce0f4a84d06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22")]
    [InlineData("0f8f8f0cce0f4a84d06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22")]
    [InlineData("f8f8f0cce0f4a84d06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b2g")]
    [InlineData(" 8f8f0cce0f4a84d06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22")]
    [InlineData("0xf8f0cce0f4a84d06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22")]
    [InlineData("f8f8f0cce0f4a84d06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b2\uff12")]
    public void TryParse_NotAHash_IsFalseAndGivesDefault(string text)
    {
        bool parsed = Hash256.TryParse(text, out Hash256 hash);

        Assert.False(parsed);
        Assert.Equal(default, hash);
    }

    [Fact]
    public void GetWord_BitK_WeighsTwoToTheK()
    {
        for (int k = 0; k < Hash256.BitCount; k++)
        {
            string hex = (BigInteger.One << k).ToString("x64", CultureInfo.InvariantCulture)[^Hash256.HexLength..];

            Assert.True(Hash256.TryParse(hex, out Hash256 hash));

            Assert.Equal(1UL << (k % 64), hash.GetWord(k / 64));
            Assert.Equal(1, hash.PopCount);
        }
    }

    [Fact]
    public void ToByteArray_Hash_IsTheBigEndianNumber()
    {
        var hash = new Hash256(0x0102030405060708, 0x1112131415161718, 0x2122232425262728, 0x3132333435363738);

        byte[] bytes = hash.ToByteArray();

        Assert.Equal("3132333435363738212223242526272811121314151617180102030405060708", hash.ToHex());
        Assert.Equal(Convert.FromHexString(hash.ToHex()), bytes);
        Assert.Equal(hash, new Hash256(bytes));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void Constructor_NotThirtyTwoBytes_Throws(int length)
    {
        byte[] bytes = new byte[length];

        ArgumentException error = Assert.Throws<ArgumentException>(() => new Hash256(bytes));

        Assert.Equal("bytes", error.ParamName);
    }

    [Fact]
    public void WriteBytes_LongerDestination_LeavesTheRestAlone()
    {
        byte[] bytes = [.. Enumerable.Repeat((byte)0xEE, 34)];

        new Hash256(1, 0, 0, 0).WriteBytes(bytes);

        Assert.Equal(1, bytes[31]);
        Assert.Equal([0xEE, 0xEE], bytes[32..]);
    }

    [Fact]
    public void WriteBytes_ShortDestination_Throws()
    {
        var hash = new Hash256(1, 2, 3, 4);

        ArgumentException error = Assert.Throws<ArgumentException>(() => hash.WriteBytes(new byte[31]));

        Assert.Equal("destination", error.ParamName);
    }

    [Fact]
    public void ToString_Hash_ShowsNothingOfIt()
    {
        Assert.True(Hash256.TryParse(Hex, out Hash256 hash));

        Assert.Equal("Hash256(redacted)", hash.ToString());
        Assert.Equal("Hash256(redacted)", $"{hash}");
    }

    [Fact]
    public void Equals_OneBitApart_IsFalse()
    {
        Assert.True(Hash256.TryParse(Hex, out Hash256 hash));
        Assert.True(Hash256.TryParse(Hex, out Hash256 same));
        var other = new Hash256(hash.GetWord(0), hash.GetWord(1), hash.GetWord(2), hash.GetWord(3) ^ (1UL << 63));

        Assert.True(hash == same);
        Assert.Equal(hash.GetHashCode(), same.GetHashCode());
        Assert.True(hash != other);
    }

    [Fact]
    public void DistanceTo_Extremes_Are0And256()
    {
        var ones = new Hash256(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue);

        Assert.Equal(0, ones.DistanceTo(ones));
        Assert.Equal(256, ones.DistanceTo(default));
        Assert.Equal(256, ones.PopCount);
    }

    [Fact]
    public void DistanceTo_RandomHashes_IsTheCountOfBitsThatDiffer()
    {
        var random = new Random(5);
        for (int i = 0; i < 100; i++)
        {
            Hash256 left = Hashes.Random(random);
            Hash256 right = Hashes.Random(random);
            int expected = left.ToByteArray().Zip(right.ToByteArray(), (a, b) => BitOperations.PopCount((uint)(a ^ b)))
                .Sum();

            Assert.Equal(expected, left.DistanceTo(right));
            Assert.Equal(expected, right.DistanceTo(left));
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(4)]
    public void GetWord_OutOfRange_Throws(int index)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => default(Hash256).GetWord(index));
    }
}
