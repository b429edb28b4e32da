using System.Security.Cryptography;
using HashMatch.Service.Matching;

namespace HashMatch.Service.Tests.Matching;

public sealed class PlatformEntryIdsTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    [Theory]
    [InlineData(1L)]
    [InlineData(0x0102030405060708L)]
    [InlineData(long.MaxValue)]
    public void Make_Number_IsOneBlockOfAesUnderThePlatformsKey(long number)
    {
        using var ids = new PlatformEntryIds(Key, 7);
        using var cipher = Aes.Create();
        cipher.Key = HMACSHA256.HashData(Key, Convert.FromHexString("0000000000000007"));
        byte[] block = Convert.FromHexString($"{number:x16}0000000000000000");

        byte[] id = ids.Make((ulong)number);
        string spelt = ids.Spell((ulong)number);
        bool isSpelt = ids.TryTurnBack(spelt, out long? back);

        Assert.Equal(cipher.EncryptEcb(block, PaddingMode.None), id);
        Assert.Equal(Convert.ToHexStringLower(id), spelt);
        Assert.True(isSpelt);
        Assert.Equal(number, back);
    }

    [Fact]
    public void TryTurnBack_ManyIdsMixedWithOthers_GivesEachItsNumberAndTheOthersNone()
    {
        using var ids = new PlatformEntryIds(Key, 7);
        using var others = new PlatformEntryIds(Key, 8);
        var random = new Random(1);

        for (int i = 0; i < 1_000; i++)
        {
            long number = random.NextInt64(1, long.MaxValue);

            Assert.True(ids.TryTurnBack(ids.Spell((ulong)number), out long? back));
            Assert.True(ids.TryTurnBack(others.Spell((ulong)number), out long? other));
            Assert.Equal((number, null), (back, other));
        }
    }

    [Fact]
    public void TryTurnBack_AnyBitOfAnIdFlipped_GivesNone()
    {
        using var ids = new PlatformEntryIds(Key, 7);
        byte[] id = ids.Make(1234567);

        for (int bit = 0; bit < 128; bit++)
        {
            byte[] flipped = [.. id];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));

            Assert.True(ids.TryTurnBack(Convert.ToHexString(flipped), out long? back));
            Assert.Null(back);
        }
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(1UL << 63)]
    [InlineData(ulong.MaxValue)]
    public void TryTurnBack_NumberThatNoEntryHas_GivesNone(ulong number)
    {
        using var ids = new PlatformEntryIds(Key, 7);

        Assert.True(ids.TryTurnBack(ids.Spell(number), out long? back));
        Assert.Null(back);
    }
}
