using System.Security.Cryptography;
using Google.Protobuf;
using HashMatch.Client;
using HashMatch.Protocol;

namespace HashMatch.Service.Tests.Mirrors;

public sealed class KeyRotationTests
{
    public static TheoryData<string> Pins => ["none", "id", "key"];

    [Theory]
    [MemberData(nameof(Pins))]
    public async Task Pull_KeysThatFollowFromThePinnedOne_AreTrustedAndKept(string pin)
    {
        await using TrialFeedServer server = await TrialFeedServer.StartAsync(3);
        string? key = pin switch
        {
            "id" => Convert.ToHexStringLower(server.Feed.KeyId),
            "key" => Convert.ToHexString(server.Feed.Key),
            _ => null,
        };
        await using (HashListMirror mirror = await server.OpenAsync(key: key))
        {
            server.Feed.AddKey();
            server.Feed.AddKey();
            server.Feed.Add(TestHashes.Make(4));
            await mirror.PullAsync();

            Assert.Equal(Convert.ToHexStringLower(server.Feed.KeyId), mirror.Status.KeyId);
        }

        int asked = 0;
        server.Feed.OnKeys = _ => asked++;
        await using HashListMirror again = await server.OpenAsync(key: key);
        server.Feed.Add(TestHashes.Make(5));
        await again.PullAsync();

        Assert.Equal(0, asked);
        Assert.Equal(1, server.Feed.Snapshots);
        server.AssertEqual(again);
    }

    [Theory]
    [InlineData("unsigned")]
    [InlineData("signed by another")]
    [InlineData("the pinned one left out")]
    [InlineData("too many")]
    [InlineData("no point")]
    public async Task Pull_KeysThatDoNotFollow_AreRefusedUntilTheyAreNamed(string forgery)
    {
        await using TrialFeedServer server = await TrialFeedServer.StartAsync(3);
        string pinned = Convert.ToHexStringLower(server.Feed.KeyId);
        await using (HashListMirror mirror = await server.OpenAsync())
        {
            server.Feed.AddKey();
            server.Feed.Add(TestHashes.Make(4));
            server.Feed.OnKeys = keys => Forge(keys, forgery);

            HashListMirrorException refused =
                await Assert.ThrowsAsync<HashListMirrorException>(() => mirror.PullAsync());

            Assert.Equal(3ul, mirror.Status.Position);
            Assert.Equal(pinned, mirror.Status.KeyId);
            Assert.Contains("key", refused.Message, StringComparison.Ordinal);
        }

        server.Feed.OnKeys = _ => { };
        string named = Convert.ToHexStringLower(server.Feed.KeyId);
        await using HashListMirror trusting = await server.OpenAsync(key: named);
        Assert.Equal(named, trusting.Status.KeyId);
        server.AssertEqual(trusting);
    }

    [Fact]
    public async Task Open_AnotherKeyThanThePinnedOne_IsRefused()
    {
        await using TrialFeedServer server = await TrialFeedServer.StartAsync(3);
        string other = Convert.ToHexStringLower(SHA256.HashData([1, 2, 3]));

        await Assert.ThrowsAsync<HashListMirrorException>(() => server.OpenAsync(key: other));

        Assert.False(File.Exists(server.ListFile));
    }

    [Fact]
    public async Task Pull_KeyBeforeTheTrustedOne_IsRefused()
    {
        await using TrialFeedServer server = await TrialFeedServer.StartAsync(3);
        FeedPage? old = null;
        server.Feed.OnPage = page => old = page.Clone();
        await using HashListMirror mirror = await server.OpenAsync();
        await mirror.PullAsync();
        server.Feed.AddKey();
        server.Feed.OnPage = _ => { };
        await mirror.PullAsync();
        server.Feed.OnPage = page => page.Checkpoint = old!.Checkpoint;

        await Assert.ThrowsAsync<HashListMirrorException>(() => mirror.PullAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("zz00000000000000000000000000000000000000000000000000000000000000")]
    public async Task Open_MalformedKey_IsAnArgumentException(string key)
    {
        await using TrialFeedServer server = await TrialFeedServer.StartAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => server.OpenAsync(key: key));
    }

    private static void Forge(GetKeysResponse keys, string forgery)
    {
        SigningKey last = keys.Keys[^1];
        switch (forgery)
        {
            case "unsigned":
                last.Signature = ByteString.Empty;
                break;
            case "signed by another":
                using (var thief = ECDsa.Create(ECCurve.NamedCurves.nistP256))
                {
                    last.Signature = ByteString.CopyFrom(thief.SignData(
                        FeedDigest.SignedBytes(last.PublicKey.Span),
                        HashAlgorithmName.SHA256,
                        DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
                }

                break;
            case "the pinned one left out":
                keys.Keys.RemoveAt(0);
                break;
            case "too many":
                keys.Keys.Add(Enumerable.Repeat(last, 100));
                break;
            case "no point":
                keys.Keys.Insert(1, new SigningKey { PublicKey = ByteString.CopyFrom(new byte[64]) });
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(forgery));
        }
    }
}
