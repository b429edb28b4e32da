using Google.Protobuf;
using HashMatch.Client;
using HashMatch.Protocol;

namespace HashMatch.Service.Tests.Mirrors;

/// <summary>Whatever is changed in a snapshot, nothing of it is used.</summary>
public sealed class RefusedSnapshotTests
{
    private static readonly Dictionary<string, Action<List<GetSnapshotResponse>>> Lies = new()
    {
        ["hash"] = parts => parts[0].Entries[3].Hash = Flip(parts[0].Entries[3].Hash),
        ["short hash"] = parts => parts[0].Entries[3].Hash = ByteString.CopyFrom(1),
        ["short entry id"] = parts => parts[0].Entries[3].EntryId = ByteString.CopyFrom(1),
        ["position"] = parts => parts[1].Entries[^1].Position++,
        ["position 0"] = parts => parts[0].Entries[0].Position = 0,
        ["position behind the end"] = parts => parts[1].Entries[^1].Position = 1_000,
        ["order"] = parts => (parts[0].Entries[0], parts[0].Entries[1]) = (parts[0].Entries[1], parts[0].Entries[0]),
        ["order of parts"] = parts => (parts[0], parts[1]) = (parts[1], parts[0]),
        ["an entry twice"] = parts => parts[0].Entries.Add(parts[0].Entries[^1].Clone()),
        ["an entry missing"] = parts => parts[0].Entries.RemoveAt(4),
        ["a part missing"] = parts => parts.RemoveAt(0),
        ["all entries missing"] = parts => parts.RemoveRange(0, parts.Count - 1),
        ["no checkpoint"] = parts => parts[^1].Checkpoint = null,
        ["a checkpoint in the middle"] = parts => parts[0].Checkpoint = parts[^1].Checkpoint,
        ["an entry of another's"] = parts => parts[1].Entries.Add(new LiveEntry
        {
            Position = 11,
            Hash = ByteString.CopyFrom(TestHashes.Make(99).ToByteArray()),
            EntryId = ByteString.CopyFrom(new byte[16]),
        }),
        ["too many entries"] = parts => parts[0].Entries.Add(
            Enumerable.Range(0, 4_096).Select(_ => parts[0].Entries[0].Clone())),
        ["live count"] = parts => parts[^1].Checkpoint.LiveCount--,
        ["digest"] = parts => parts[^1].Checkpoint.SnapshotDigest = Flip(parts[^1].Checkpoint.SnapshotDigest),
        ["no digest"] = parts => parts[^1].Checkpoint.SnapshotDigest = ByteString.Empty,
    };

    private static readonly Dictionary<string, Action<List<GetSnapshotResponse>>> Forgeries = new()
    {
        ["chain"] = parts => parts[^1].Checkpoint.At.Chain = Flip(parts[^1].Checkpoint.At.Chain),
        ["epoch"] = parts => parts[^1].Checkpoint.At.Epoch = Flip(parts[^1].Checkpoint.At.Epoch),
        ["checkpoint's position"] = parts => parts[^1].Checkpoint.At.Position++,
        ["day"] = parts => parts[^1].Checkpoint.Day = "2027-01-01",
        ["signature"] = parts => parts[^1].Checkpoint.Signature = Flip(parts[^1].Checkpoint.Signature),
        ["key id"] = parts => parts[^1].Checkpoint.KeyId = Flip(parts[^1].Checkpoint.KeyId),
    };

    public static TheoryData<string, bool> Cases
    {
        get
        {
            var cases = new TheoryData<string, bool>();
            foreach (string lie in Lies.Keys)
            {
                cases.Add(lie, false);
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
    public async Task Open_SnapshotThatLies_IsRefusedAndLeavesNoList(string lie, bool isSigned)
    {
        await using TrialFeedServer server = await TrialFeedServer.StartAsync(10);
        Tell(server.Feed, lie, isSigned);

        await Assert.ThrowsAsync<HashListMirrorException>(() => server.OpenAsync());

        Assert.False(File.Exists(server.ListFile));
        Assert.False(File.Exists(server.ListFile + ".new"));
        Assert.Throws<HashListMirrorException>(() => HashListCopy.Read(server.Folder));
        server.Feed.OnSnapshot = _ => { };
        await using HashListMirror mirror = await server.OpenAsync();
        server.AssertEqual(mirror);
    }

    [Theory]
    [InlineData("hash")]
    [InlineData("signature")]
    [InlineData("a part missing")]
    public async Task Pull_AfreshWithASnapshotThatLies_GoesOnMatchingTheOldList(string lie)
    {
        await using TrialFeedServer server = await TrialFeedServer.StartAsync(10);
        await using HashListMirror mirror = await server.OpenAsync();
        IReadOnlyList<HashListMatch> old = mirror.Match(default, 256);
        server.Feed.BeginAnew();
        server.Feed.Add(Enumerable.Range(50, 10).Select(TestHashes.Make));
        Tell(server.Feed, lie, isSigned: false);

        await Assert.ThrowsAsync<HashListMirrorException>(() => mirror.PullAsync());

        Assert.Equal(old, mirror.Match(default, 256));
        server.Feed.OnSnapshot = _ => { };
        await mirror.PullAsync();
        server.AssertEqual(mirror);
        server.AssertEqual(HashListCopy.Read(server.Folder).Match(default, 256));
    }

    private static void Tell(TrialFeed feed, string lie, bool isSigned)
    {
        feed.PageSize = 6;
        feed.OnSnapshot = parts =>
        {
            (Lies.TryGetValue(lie, out Action<List<GetSnapshotResponse>>? change) ? change : Forgeries[lie])(parts);
            if (isSigned && parts[^1].Checkpoint is Checkpoint checkpoint)
            {
                feed.Sign(checkpoint);
            }
        };
    }

    private static ByteString Flip(ByteString bytes)
    {
        byte[] flipped = bytes.ToByteArray();
        flipped[^1] ^= 1;
        return ByteString.CopyFrom(flipped);
    }
}
