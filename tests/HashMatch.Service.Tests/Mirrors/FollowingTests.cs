using Grpc.Core;
using HashMatch.Client;

namespace HashMatch.Service.Tests.Mirrors;

public sealed class FollowingTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(100)]
    public async Task Open_FeedOfSomeEntries_HasThemAll(int entries)
    {
        await using TrialFeedServer server = await TrialFeedServer.StartAsync(entries);

        await using HashListMirror mirror = await server.OpenAsync();

        server.AssertEqual(mirror);
        Assert.Equal((ulong)entries, mirror.Status.Position);
        Assert.Equal(entries, mirror.Status.LiveCount);
        Assert.Equal(new DateOnly(2026, 11, 21), mirror.Status.CheckpointDay);
        Assert.Equal(Convert.ToHexStringLower(server.Feed.KeyId), mirror.Status.KeyId);
        Assert.False(mirror.Status.IsFollowing);
    }

    [Fact]
    public async Task Follow_AdditionsAndWithdrawals_ArriveAndAreAcknowledgedWhenDurable()
    {
        await using TrialFeedServer server = await TrialFeedServer.StartAsync(10);
        await using HashListMirror mirror = await server.OpenAsync();
        int changes = 0;
        mirror.Changed += (_, _) => Interlocked.Increment(ref changes);
        using var stop = new CancellationTokenSource();
        Task following = mirror.FollowAsync(stop.Token);

        server.Feed.Add(TestHashes.Make(11));
        await TrialFeedServer.UntilAsync(() => mirror.Match(TestHashes.Make(11), 0).Count == 1, "the addition");
        server.Feed.Withdraw(11);
        await TrialFeedServer.UntilAsync(() => mirror.Match(TestHashes.Make(11), 0).Count == 0, "the withdrawal");
        await TrialFeedServer.UntilAsync(
            () => server.Feed.Acknowledged.Any(request => request.At.Position == 12), "the acknowledgement");

        Assert.Equal(12ul, HashListCopy.Read(server.Folder).Position);
        Assert.True(mirror.Status is { IsFollowing: true, IsCurrent: true, LastError: null });
        Assert.True(changes >= 2);
        Assert.Single(server.Feed.Acknowledged.Select(request => request.MirrorId).Distinct());
        server.AssertEqual(mirror);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => following);
        Assert.False(mirror.Status.IsFollowing);
    }

    [Fact]
    public async Task Pull_LeavesOfNothingAndOfWhatIsGone_AreTakenAndKept()
    {
        await using TrialFeedServer server = await TrialFeedServer.StartAsync(10);
        for (int round = 0; round < 3; round++)
        {
            await using HashListMirror mirror = await server.OpenAsync();
            server.Feed.AddNothing();
            ulong gone = server.Feed.Add(TestHashes.Make(20 + round));
            server.Feed.AddNothing();
            server.Feed.PageSize = 2;
            await mirror.PullAsync();
            server.Feed.Withdraw(gone);
            gone = server.Feed.Add(TestHashes.Make(30 + round));
            server.Feed.Withdraw(gone);
            server.Feed.PageSize = round + 1;
            await mirror.PullAsync();

            server.AssertEqual(mirror);
            server.AssertEqual(HashListCopy.Read(server.Folder).Match(default, 256));
        }

        Assert.Equal(1, server.Feed.Snapshots);
    }

    [Fact]
    public async Task Follow_StreamsThatEnd_AreOpenedAgainWithoutLosingAnything()
    {
        await using TrialFeedServer server = await TrialFeedServer.StartAsync(10);
        server.Feed.StreamLife = TimeSpan.FromMilliseconds(20);
        await using HashListMirror mirror = await server.OpenAsync();
        using var stop = new CancellationTokenSource();
        Task following = mirror.FollowAsync(stop.Token);
        int calls = 0;
        server.Feed.OnCall = method =>
        {
            if (method == "Follow" && Interlocked.Increment(ref calls) % 2 == 0)
            {
                throw new RpcException(new Status(StatusCode.Unavailable, "on trial"));
            }
        };

        for (int i = 0; i < 60; i++)
        {
            server.Feed.Add(TestHashes.Make(100 + i));
            await Task.Delay(3);
        }

        await TrialFeedServer.UntilAsync(() => mirror.Status.Position == 70, "all additions");

        server.AssertEqual(mirror);
        Assert.True(server.Feed.Streams > 2);
        Assert.Equal(1, server.Feed.Snapshots);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => following);
    }

    [Theory]
    [InlineData(StatusCode.Unauthenticated)]
    [InlineData(StatusCode.PermissionDenied)]
    public async Task Follow_KeyThatIsRevoked_EndsWithTheRefusal(StatusCode code)
    {
        await using TrialFeedServer server = await TrialFeedServer.StartAsync(10);
        await using HashListMirror mirror = await server.OpenAsync();
        server.Feed.OnCall = _ => throw new RpcException(new Status(code, "on trial"));

        RpcException refused = await Assert.ThrowsAsync<RpcException>(() => mirror.FollowAsync());

        Assert.Equal(code, refused.StatusCode);
        server.AssertEqual(mirror);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(true, false)]
    public async Task FollowOrPull_FeedWithAnotherPast_TakesItAfreshAndMatchesTheOldListMeanwhile(
        bool isAnew, bool follows)
    {
        await using TrialFeedServer server = await TrialFeedServer.StartAsync(10);
        await using HashListMirror mirror = await server.OpenAsync();
        string epoch = mirror.Status.Epoch;
        if (isAnew)
        {
            server.Feed.BeginAnew();
        }
        else
        {
            server.Feed.Rewind(7);
        }

        server.Feed.Add(Enumerable.Range(200, 20).Select(TestHashes.Make));
        server.Feed.PageSize = 5;
        int matchedBetween = 0;
        server.Feed.BetweenParts = () =>
        {
            matchedBetween += mirror.Match(TestHashes.Make(10), 0).Count;
            return Task.CompletedTask;
        };
        using var stop = new CancellationTokenSource();
        Task working = follows ? mirror.FollowAsync(stop.Token) : mirror.PullAsync();
        ulong end = server.Feed.Position;
        await TrialFeedServer.UntilAsync(() => mirror.Status.Position == end, "the new list");
        await TrialFeedServer.UntilAsync(
            () => HashListCopy.Read(server.Folder).Position == end, "the new list on the disk");

        server.AssertEqual(mirror);
        server.AssertEqual(HashListCopy.Read(server.Folder).Match(default, 256));
        Assert.True(matchedBetween > 0);
        Assert.Equal(2, server.Feed.Snapshots);
        Assert.Equal(isAnew, epoch != mirror.Status.Epoch);
        await stop.CancelAsync();
        await working.ContinueWith(_ => { }, TaskScheduler.Default);
    }

    [Fact]
    public async Task Open_FolderOfAnEarlierMirror_GoesOnWithoutASnapshotAsTheSameMirror()
    {
        await using TrialFeedServer server = await TrialFeedServer.StartAsync(10);
        for (int round = 0; round < 3; round++)
        {
            await using HashListMirror mirror = await server.OpenAsync();
            server.Feed.Add(TestHashes.Make(100 + round));
            server.Feed.Withdraw((ulong)round + 1);
            await mirror.PullAsync();
            server.AssertEqual(mirror);
        }

        Assert.Equal(1, server.Feed.Snapshots);
        Assert.Single(server.Feed.Acknowledged.Select(request => request.MirrorId).Distinct());
    }

    [Fact]
    public async Task Open_FolderInUse_IsRefusedAndTheCopyCanBeRead()
    {
        await using TrialFeedServer server = await TrialFeedServer.StartAsync(10);
        await using HashListMirror mirror = await server.OpenAsync();

        HashListMirrorException refused = await Assert.ThrowsAsync<HashListMirrorException>(() => server.OpenAsync());

        Assert.Contains("in use", refused.Message, StringComparison.Ordinal);
        Assert.Equal(10, HashListCopy.Read(server.Folder).LiveCount);
    }

    [Fact]
    public async Task Match_WhileThousandsComeAndGo_NeverMissesWhatStays()
    {
        await using TrialFeedServer server = await TrialFeedServer.StartAsync(50);
        await using HashListMirror mirror = await server.OpenAsync();
        using var stop = new CancellationTokenSource();
        Task following = mirror.FollowAsync(stop.Token);
        Task<int> searching = Task.Run(() =>
        {
            int missed = 0;
            for (int i = 0; !stop.IsCancellationRequested; i++)
            {
                missed += mirror.Match(TestHashes.Make(1 + (i % 50)), 0).Count == 1 ? 0 : 1;
            }

            return missed;
        });

        for (int i = 0; i < 100; i++)
        {
            ulong last = server.Feed.Add(Enumerable.Range(1_000 + (10 * i), 10).Select(TestHashes.Make));
            server.Feed.Withdraw(last);
        }

        await TrialFeedServer.UntilAsync(() => mirror.Status.Position == server.Feed.Position, "the end");
        await stop.CancelAsync();

        Assert.Equal(0, await searching);
        server.AssertEqual(mirror);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => following);
    }

    [Fact]
    public async Task Match_DistancesAndOrder_AreTheServices()
    {
        await using TrialFeedServer server = await TrialFeedServer.StartAsync();
        server.Feed.Add(new[] { 0, 8, 10, 20, 22, 32 }.Select(distance => TestHashes.At(TestHashes.Make(1), distance)));
        await using HashListMirror mirror = await server.OpenAsync();

        IReadOnlyList<HashListMatch> matches = mirror.Match(TestHashes.Make(1));

        Assert.Equal([0, 8, 10, 20, 22], matches.Select(match => match.Distance));
        Assert.Equal(["Same", "Same", "Near", "Near", "Far"], matches.Select(match => match.Band.ToString()));
        Assert.Equal(Convert.ToHexStringLower(TrialFeed.IdAt(1)), matches[0].EntryId);
        Assert.Single(mirror.Match(TestHashes.Make(1), 0));
        Assert.Equal(6, mirror.Match(TestHashes.Make(1), 256).Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => mirror.Match(TestHashes.Make(1), 257));
        Assert.Throws<ArgumentOutOfRangeException>(() => mirror.Match(TestHashes.Make(1), -1));
    }

    [Fact]
    public async Task Follow_Twice_IsRefused_AndDisposeEndsTheFirst()
    {
        await using TrialFeedServer server = await TrialFeedServer.StartAsync(1);
        HashListMirror mirror = await server.OpenAsync();
        Task following = mirror.FollowAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => mirror.PullAsync());
        await mirror.DisposeAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => following);
        await mirror.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => mirror.PullAsync());
    }
}
