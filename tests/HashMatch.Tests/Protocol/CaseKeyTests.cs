using HashMatch.Protocol;

namespace HashMatch.Tests.Protocol;

public sealed class CaseKeyTests
{
    private const string Symbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U";

    // Bytes, text and digest, computed apart from this code.
    public static TheoryData<string, string, string> Known => new()
    {
        {
            "00000000000000000000000000000000",
            "00000-00000-00000-00000-00000-00",
            "4b0e2d2b1d8ccfc8126871ec566415cc2b58004efefb4f9b708a3f711c9529e6"
        },
        {
            "00000000000000000000000000000001",
            "00000-00000-00000-00000-00000-11",
            "cc9cafda2cb94e99395cf3f4a71269b4acc62e7002962f50dd9df7e677afadcf"
        },
        {
            "ffffffffffffffffffffffffffffffff",
            "7ZZZZ-ZZZZZ-ZZZZZ-ZZZZZ-ZZZZZ-Z*",
            "7aeafe57cd0aed7de7060cc05bf64377108b8a0a8747945d92cd34fa0a9d0374"
        },
        {
            "00112233445566778899aabbccddeeff",
            "0024H-36H2N-CSVRH-6DAQF-6DVVQ-ZW",
            "9ba8adb69c53c0099079373ee07bbd8a6b52bfc3999b03466bbd8602e54585fa"
        },
    };

    [Theory]
    [MemberData(nameof(Known))]
    public void KnownKey_WrittenReadAndDigested_IsAsComputedElsewhere(string bytes, string text, string digest)
    {
        var key = new CaseKey(Convert.FromHexString(bytes));

        Assert.Equal(text, key.ToText());
        Assert.True(CaseKey.TryParse(text, out CaseKey read));
        Assert.Equal(key, read);
        Assert.Equal(bytes, Convert.ToHexStringLower(read.ToByteArray()));
        Assert.Equal(digest, Convert.ToHexStringLower(key.Digest()));
    }

    [Theory]
    [InlineData("0024h-36h2n-csvrh-6daqf-6dvvq-zw")]
    [InlineData("0024H36H2NCSVRH6DAQF6DVVQZW")]
    [InlineData("  OO24H 36H2N\tCSVRH 6DAQF 6DVVQ ZW\r\n")]
    [InlineData("oo24h36h2ncsvrh6daqf6dvvqzw")]
    public void TryParse_AsPeopleWriteIt_IsTheSameKey(string text)
    {
        Assert.True(CaseKey.TryParse(text, out CaseKey key));
        Assert.Equal("0024H-36H2N-CSVRH-6DAQF-6DVVQ-ZW", key.ToText());
    }

    [Fact]
    public void TryParse_OneSymbolWrong_IsNeverAKey()
    {
        foreach (string text in Keys())
        {
            for (int i = 0; i < text.Length; i++)
            {
                foreach (char wrong in Symbols.Where(symbol => symbol != text[i]))
                {
                    Assert.False(CaseKey.TryParse(text[..i] + wrong + text[(i + 1)..], out _));
                }
            }
        }
    }

    [Fact]
    public void TryParse_NeighboursSwapped_IsNeverAKey()
    {
        foreach (string text in Keys())
        {
            for (int i = 0; i + 1 < text.Length; i++)
            {
                if (text[i] != text[i + 1])
                {
                    Assert.False(CaseKey.TryParse(text[..i] + text[i + 1] + text[i] + text[(i + 2)..], out _));
                }
            }
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("0024H-36H2N-CSVRH-6DAQF-6DVVQ-Z")]
    [InlineData("0024H-36H2N-CSVRH-6DAQF-6DVVQ-ZW0")]
    [InlineData("8ZZZZ-ZZZZZ-ZZZZZ-ZZZZZ-ZZZZZ-Z0")]
    [InlineData("0024H-36H2N-CSVRH-6DAQF-6DVVQ-Z!")]
    [InlineData("*****-*****-*****-*****-*****-**")]
    [InlineData("ｏ0024H-36H2N-CSVRH-6DAQF-6DVVQ-Z")]
    public void TryParse_SomethingElse_IsNoKey(string? text)
    {
        Assert.False(CaseKey.TryParse(text, out CaseKey key));
        Assert.Equal(default, key);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(17)]
    public void New_NotSixteenBytes_Throws(int length) =>
        Assert.Throws<ArgumentException>(() => new CaseKey(new byte[length]));

    [Fact]
    public void Create_TwiceOrShown_GivesDifferentKeysAndShowsNone()
    {
        var one = CaseKey.Create();
        var other = CaseKey.Create();

        Assert.NotEqual(one, other);
        Assert.Equal("CaseKey(redacted)", one.ToString());
    }

    private static IEnumerable<string> Keys()
    {
        var random = new Random(37);
        byte[] bytes = new byte[CaseKey.ByteCount];
        for (int i = 0; i < 50; i++)
        {
            random.NextBytes(bytes);
            yield return new CaseKey(bytes).ToText().Replace("-", "", StringComparison.Ordinal);
        }
    }
}
