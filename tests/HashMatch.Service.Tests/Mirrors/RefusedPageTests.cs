using System.Security.Cryptography;
using Google.Protobuf;
using HashMatch.Client;
using HashMatch.Protocol;

namespace HashMatch.Service.Tests.Mirrors;

/// <summary>Whatever is changed in a page, nothing of it is applied; and the honest page is taken afterwards.</summary>
public sealed class RefusedPageTests
{
    private const int Entries = 20;

    // The page holds an addition, one more, a withdrawal, and a bare leaf with its withdrawal.
    private static readonly Dictionary<string, Action<FeedPage>> Lies = new()
    {
        ["hash"] = page => page.Changes[0].Addition.Hash = Flip(page.Changes[0].Addition.Hash),
        ["short hash"] = page => page.Changes[0].Addition.Hash = ByteString.CopyFrom(1),
        ["salt"] = page => page.Changes[0].Addition.Salt = Flip(page.Changes[0].Addition.Salt),
        ["short salt"] = page => page.Changes[0].Addition.Salt = ByteString.Empty,
        ["short entry id"] = page => page.Changes[0].Addition.EntryId = ByteString.CopyFrom(1),
        ["leaf"] = page => page.Changes[3].Leaf = Flip(page.Changes[3].Leaf),
        ["short leaf"] = page => page.Changes[3].Leaf = ByteString.CopyFrom(1),
        ["no change"] = page => page.Changes[3].ClearContent(),
        ["leaf in an addition's place"] = page => page.Changes[0].Leaf = ByteString.CopyFrom(new byte[32]),
        ["withdrawn position"] = page => page.Changes[2].Withdrawal.Position = 2,
        ["withdrawal of what is to come"] = page => page.Changes[2].Withdrawal.Position = 10_000,
        ["withdrawal of position 0"] = page => page.Changes[2].Withdrawal.Position = 0,
        ["withdrawal of a withdrawal"] = page => page.Changes[4].Withdrawal.Position = Entries + 3,
        ["withdrawal twice"] = page => page.Changes[4].Withdrawal.Position = 1,
        ["order"] = page => (page.Changes[0], page.Changes[1]) = (page.Changes[1], page.Changes[0]),
        ["a change twice"] = page => page.Changes.Insert(0, page.Changes[0].Clone()),
        ["a change missing"] = page => page.Changes.RemoveAt(1),
        ["all changes missing"] = page => page.Changes.Clear(),
        ["first position"] = page => page.FirstPosition++,
        ["first position of an earlier page"] = page => page.FirstPosition = 1,
        ["no checkpoint"] = page => page.Checkpoint = null,
        ["no place"] = page => page.Checkpoint.At = null,
        ["epoch"] = page => page.Checkpoint.At.Epoch = Flip(page.Checkpoint.At.Epoch),
        ["position"] = page => page.Checkpoint.At.Position++,
        ["chain"] = page => page.Checkpoint.At.Chain = Flip(page.Checkpoint.At.Chain),
        ["short chain"] = page => page.Checkpoint.At.Chain = ByteString.Empty,
        ["live count"] = page => page.Checkpoint.LiveCount++,
        ["snapshot digest"] = page => page.Checkpoint.SnapshotDigest = ByteString.CopyFrom(new byte[32]),
        ["too many changes"] = page => page.Changes.Add(
            Enumerable.Range(0, 4_096).Select(_ => new FeedChange { Leaf = ByteString.CopyFrom(new byte[32]) })),
    };

    // What only the signature speaks against: signed anew, these would be right.
    private static readonly Dictionary<string, Action<FeedPage>> Forgeries = new()
    {
        ["day"] = page => page.Checkpoint.Day = "2026-11-22",
        ["signature"] = page => page.Checkpoint.Signature = Flip(page.Checkpoint.Signature),
        ["no signature"] = page => page.Checkpoint.Signature = ByteString.Empty,
        ["key id"] = page => page.Checkpoint.KeyId = Flip(page.Checkpoint.KeyId),
        ["no key id"] = page => page.Checkpoint.KeyId = ByteString.Empty,
        ["another's signature"] = page =>
        {
            using var thief = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            page.Checkpoint.Signature = ByteString.CopyFrom(thief.SignData(
                FeedDigest.SignedBytes(page.Checkpoint),
                HashAlgorithmName.SHA256,
                DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
        },
    };

    public static TheoryData<string, bool> Cases
    {
        get
        {
            var cases = new TheoryData<string, bool>();
            foreach (string lie in Lies.Keys)
            {
                cases.Add(lie, false);

                // A service that signs what is wrong is not believed either.
                cases.Add(lie, true);
            }

            foreach (string forgery in Forgeries.Keys)
            {
                cases.Add(forgery, false);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Pull_PageThatLies_AppliesNothingAndTakesTheHonestOneLater(string lie, bool isSigned)
    {
        await using TrialFeedServer server = await TrialFeedServer.StartAsync(Entries);
        await using HashListMirror mirror = await server.OpenAsync();
        HashListMirrorStatus before = mirror.Status;
        IReadOnlyList<HashListMatch> matched = mirror.Match(default, 256);
        ulong bare = server.Feed.Add(TestHashes.Make(101), TestHashes.Make(102)) + 2;
        server.Feed.Withdraw(1);
        server.Feed.Add(TestHashes.Make(103));
        server.Feed.Withdraw(bare);
        server.Feed.OnPage = page =>
        {
            (Lies.TryGetValue(lie, out Action<FeedPage>? change) ? change : Forgeries[lie])(page);
            if (isSigned && page.Checkpoint?.At is not null)
            {
                server.Feed.Sign(page.Checkpoint);
            }
        };

        HashListMirrorException refused = await Assert.ThrowsAsync<HashListMirrorException>(() => mirror.PullAsync());

        Assert.Equal(before.Position, mirror.Status.Position);
        Assert.Equal(matched, mirror.Match(default, 256));
        Assert.Equal(before.Position, HashListCopy.Read(server.Folder).Position);
        Assert.DoesNotContain(TestHashes.Make(101).ToHex(), refused.ToString(), StringComparison.OrdinalIgnoreCase);

        server.Feed.OnPage = _ => { };
        await mirror.PullAsync();
        server.AssertEqual(mirror);
        Assert.Null(mirror.Status.LastError);
    }

    [Fact]
    public async Task Follow_PageThatLies_SaysSoAndGoesOnWhenItIsHonestAgain()
    {
        await using TrialFeedServer server = await TrialFeedServer.StartAsync(Entries);
        await using HashListMirror mirror = await server.OpenAsync();
        using var stop = new CancellationTokenSource();
        server.Feed.OnPage = page => page.Checkpoint.LiveCount++;
        Task following = mirror.FollowAsync(stop.Token);

        await TrialFeedServer.UntilAsync(() => mirror.Status.LastError is not null, "an error");
        bool isFollowing = mirror.Status.IsFollowing;
        server.Feed.OnPage = _ => { };
        server.Feed.Add(TestHashes.Make(101));
        await TrialFeedServer.UntilAsync(() => mirror.Status is { Position: Entries + 1, IsCurrent: true }, "the page");

        Assert.False(isFollowing);
        Assert.Null(mirror.Status.LastError);
        server.AssertEqual(mirror);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => following);
    }

    private static ByteString Flip(ByteString bytes)
    {
        byte[] flipped = bytes.ToByteArray();
        flipped[^1] ^= 1;
        return ByteString.CopyFrom(flipped);
    }
}
