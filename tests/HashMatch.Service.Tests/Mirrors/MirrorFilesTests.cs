using System.Runtime.Versioning;
using HashMatch.Client;

namespace HashMatch.Service.Tests.Mirrors;

/// <summary>What is wrong with a mirror's files is seen: the list is taken afresh, and never silently less.</summary>
public sealed class MirrorFilesTests
{
    [Fact]
    public async Task Open_ListFlippedAnywhere_TakesItAfresh()
    {
        await using TrialFeedServer server = await PulledAsync();
        byte[] whole = await File.ReadAllBytesAsync(server.ListFile);
        int step = OneIn(whole.Length, 60);

        for (int i = 0; i < whole.Length; i += step)
        {
            byte[] flipped = [.. whole];
            flipped[i] ^= 0x10;
            await File.WriteAllBytesAsync(server.ListFile, flipped);
            int before = server.Feed.Snapshots;

            Assert.Throws<HashListMirrorException>(() => HashListCopy.Read(server.Folder));
            await using HashListMirror mirror = await server.OpenAsync();

            server.AssertEqual(mirror);
            Assert.Equal(before + 1, server.Feed.Snapshots);
        }
    }

    [Fact]
    public async Task Open_ListCutAnywhere_IsAnEarlierVerifiedListOrTakenAfresh()
    {
        await using TrialFeedServer server = await PulledAsync();
        byte[] whole = await File.ReadAllBytesAsync(server.ListFile);
        int step = OneIn(whole.Length, 60);
        int afresh = 0;

        for (int length = 0; length < whole.Length; length += step)
        {
            await File.WriteAllBytesAsync(server.ListFile, whole[..length]);
            int before = server.Feed.Snapshots;

            await using HashListMirror mirror = await server.OpenAsync();

            afresh += server.Feed.Snapshots - before;
            Assert.InRange(mirror.Status.LiveCount, 40, 50);
            Assert.InRange(mirror.Status.Position, 40ul, server.Feed.Position);
            await mirror.PullAsync();
            server.AssertEqual(mirror);
            server.AssertEqual(HashListCopy.Read(server.Folder).Match(default, 256));
        }

        Assert.InRange(afresh, 20, 59);
    }

    [Theory]
    [InlineData("identity", "")]
    [InlineData("identity", "x")]
    [InlineData("identity", null)]
    [InlineData("list", "")]
    [InlineData("list", null)]
    public async Task Open_FileEmptiedOrGone_TakesTheListAfresh(string name, string? content)
    {
        await using TrialFeedServer server = await PulledAsync();
        string path = Path.Combine(server.Folder, name);
        File.Delete(path);
        if (content is not null)
        {
            await File.WriteAllTextAsync(path, content);
        }

        int before = server.Feed.Snapshots;
        await using HashListMirror mirror = await server.OpenAsync();

        Assert.Equal(before + 1, server.Feed.Snapshots);
        server.AssertEqual(mirror);
    }

    [Fact]
    public async Task Open_IdentityFlippedAnywhere_NeverTrustsAnotherKey()
    {
        await using TrialFeedServer server = await PulledAsync();
        string path = Path.Combine(server.Folder, "identity");
        byte[] whole = await File.ReadAllBytesAsync(path);

        for (int i = 0; i < whole.Length; i += 9)
        {
            byte[] flipped = [.. whole];
            flipped[i] ^= 1;
            await File.WriteAllBytesAsync(path, flipped);

            await using HashListMirror mirror = await server.OpenAsync();

            Assert.Equal(Convert.ToHexStringLower(server.Feed.KeyId), mirror.Status.KeyId);
            server.AssertEqual(mirror);
        }
    }

    [Fact]
    public async Task Open_DamagedListAndNoService_FailsInsteadOfMatchingNothing()
    {
        await using TrialFeedServer server = await PulledAsync();
        await File.WriteAllTextAsync(server.ListFile, "");
        server.Feed.OnCall = _ => throw new Grpc.Core.RpcException(
            new Grpc.Core.Status(Grpc.Core.StatusCode.Unavailable, "on trial"));

        await Assert.ThrowsAsync<Grpc.Core.RpcException>(() => server.OpenAsync());
    }

    [Fact]
    public async Task Open_WholeListAndNoService_Matches()
    {
        await using TrialFeedServer server = await PulledAsync();
        server.Feed.OnCall = _ => throw new Grpc.Core.RpcException(
            new Grpc.Core.Status(Grpc.Core.StatusCode.Unavailable, "on trial"));

        await using HashListMirror mirror = await server.OpenAsync();

        server.AssertEqual(mirror);
    }

    [Fact]
    public async Task Follow_Withdrawal_LeavesTheFilesToo()
    {
        await using TrialFeedServer server = await TrialFeedServer.StartAsync(10);
        await using HashListMirror mirror = await HashListMirror.OpenAsync(
            server.Options(rewriteAfter: TimeSpan.Zero));
        Task following = mirror.FollowAsync();
        byte[] early = TestHashes.Make(3).ToByteArray();
        byte[] late = TestHashes.Make(50).ToByteArray();
        ulong position = server.Feed.Add(TestHashes.Make(50));
        await TrialFeedServer.UntilAsync(() => IsInFiles(server, late), "the addition in the file");
        Assert.True(IsInFiles(server, early));

        server.Feed.Withdraw(3);
        server.Feed.Withdraw(position);

        await TrialFeedServer.UntilAsync(
            () => !IsInFiles(server, early) && !IsInFiles(server, late), "that the hashes leave the files");
        server.AssertEqual(HashListCopy.Read(server.Folder).Match(default, 256));
        await mirror.DisposeAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => following);
    }

    [Fact]
    public async Task Pull_Withdrawal_LeavesTheFilesBeforeItReturns()
    {
        await using TrialFeedServer server = await TrialFeedServer.StartAsync(10);
        await using HashListMirror mirror = await server.OpenAsync();
        server.Feed.Withdraw(3);

        await mirror.PullAsync();

        Assert.False(IsInFiles(server, TestHashes.Make(3).ToByteArray()));
        Assert.True(IsInFiles(server, TestHashes.Make(4).ToByteArray()));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Files_AllOfThem_AreTheOwnersAlone()
    {
        await using TrialFeedServer server = await PulledAsync();

        UnixFileMode folder = File.GetUnixFileMode(server.Folder);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, folder);
        Assert.Equal(["identity", "list", "lock"], Directory.GetFiles(server.Folder).Select(Path.GetFileName).Order());
        Assert.All(
            Directory.GetFiles(server.Folder),
            path => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path)));
    }

    [Fact]
    public async Task Follow_FileReplacedByAnother_IsNoticedAndTakenAfresh()
    {
        await using TrialFeedServer server = await TrialFeedServer.StartAsync(10);
        await using HashListMirror mirror = await HashListMirror.OpenAsync(
            server.Options(rewriteAfter: TimeSpan.Zero));
        using var stop = new CancellationTokenSource();
        Task following = mirror.FollowAsync(stop.Token);
        await TrialFeedServer.UntilAsync(() => mirror.Status.IsFollowing, "the stream");
        await File.WriteAllTextAsync(server.ListFile, "not a list");

        server.Feed.Withdraw(1);
        await Task.Delay(100);
        server.Feed.Withdraw(2);
        await TrialFeedServer.UntilAsync(() => server.Feed.Snapshots == 2, "a new snapshot");
        server.Feed.Add(TestHashes.Make(60));
        await TrialFeedServer.UntilAsync(() => PositionInFile(server) == 13, "a whole file");

        server.AssertEqual(mirror);
        server.AssertEqual(HashListCopy.Read(server.Folder).Match(default, 256));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => following);
    }

    // A mirror whose file has a body and records.
    private static async Task<TrialFeedServer> PulledAsync()
    {
        TrialFeedServer server = await TrialFeedServer.StartAsync(40);
        server.Feed.PageSize = 2;
        await using HashListMirror mirror = await server.OpenAsync();
        server.Feed.Add(Enumerable.Range(100, 10).Select(TestHashes.Make));
        await mirror.PullAsync();
        return server;
    }

    private static ulong? PositionInFile(TrialFeedServer server)
    {
        try
        {
            return HashListCopy.Read(server.Folder).Position;
        }
        catch (HashListMirrorException)
        {
            return null;
        }
    }

    private static int OneIn(int length, int parts) => Math.Max(1, length / parts);

    private static bool IsInFiles(TrialFeedServer server, byte[] bytes) =>
        Directory.GetFiles(server.Folder)
            .Where(path => !path.EndsWith("lock", StringComparison.Ordinal) && File.Exists(path))
            .Any(path => Contains(path, bytes));

    private static bool Contains(string path, byte[] bytes)
    {
        try
        {
            return File.ReadAllBytes(path).AsSpan().IndexOf(bytes) >= 0;
        }
        catch (FileNotFoundException)
        {
            // Renamed meanwhile: looked at again under its new name.
            return true;
        }
    }
}
