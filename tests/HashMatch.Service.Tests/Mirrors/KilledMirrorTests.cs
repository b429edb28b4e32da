using System.Diagnostics;
using HashMatch.Client;
using HashMatch.Service.Tests.Hostile;

namespace HashMatch.Service.Tests.Mirrors;

/// <summary>The mirror of the command line, killed at any moment while the feed moves on.</summary>
public sealed class KilledMirrorTests
{
    [Fact]
    public async Task Pull_KilledAtAnyMoment_LeavesAWholeListNotBehindWhatWasAcknowledged()
    {
        int rounds = HostilePeers.IsLong ? 200 : 8;
        await using TrialFeedServer server = await TrialFeedServer.StartAsync(200);
        server.Feed.PageSize = 20;
        var random = new Random(3);
        using var stop = new CancellationTokenSource();
        Task moving = MoveAsync(server.Feed, stop.Token);
        int acknowledgedRounds = 0;
        for (int round = 0; round < rounds; round++)
        {
            string[] follow = round % 2 == 0 ? ["--follow"] : [];
            int before = server.Feed.Acknowledged.Count;
            await using var pull = TestProcess.Start(
                "HashMatch.Cli",
                ["mirror", "pull", server.Folder, "--server", server.Address.OriginalString, .. follow],
                new Dictionary<string, string> { ["HASHMATCH_API_KEY"] = "hm_trial" });
            var patience = Stopwatch.StartNew();
            while (server.Feed.Acknowledged.Count == before && !pull.HasExited && patience.ElapsedMilliseconds < 8_000)
            {
                await Task.Delay(2);
            }

            // Around the first acknowledgement, when files are appended to and written anew.
            await Task.Delay(random.Next(40));
            await pull.KillAsync();

            ulong acknowledged = server.Feed.Acknowledged.Select(request => request.At.Position).LastOrDefault();
            acknowledgedRounds += server.Feed.Acknowledged.Count > before ? 1 : 0;
            Assert.True(HashListCopy.Read(server.Folder).Position >= acknowledged);
        }

        await stop.CancelAsync();
        await moving;
        await using HashListMirror mirror = await server.OpenAsync();
        await mirror.PullAsync();

        server.AssertEqual(mirror);
        Assert.Equal(1, server.Feed.Snapshots);
        Assert.True(acknowledgedRounds > rounds / 2);
        Assert.Single(server.Feed.Acknowledged.Select(request => request.MirrorId).Distinct());
    }

    [Fact]
    public async Task Pull_KilledInTheFirstSnapshot_LeavesNothingThatIsUsed()
    {
        await using TrialFeedServer server = await TrialFeedServer.StartAsync(200);
        server.Feed.PageSize = 20;
        var begun = new TaskCompletionSource();
        server.Feed.BetweenParts = async () =>
        {
            begun.TrySetResult();
            await Task.Delay(20);
        };
        await using var pull = TestProcess.Start(
            "HashMatch.Cli",
            ["mirror", "pull", server.Folder, "--server", server.Address.OriginalString],
            new Dictionary<string, string> { ["HASHMATCH_API_KEY"] = "hm_trial" });
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await Task.Delay(60);
        await pull.KillAsync();

        Assert.Throws<HashListMirrorException>(() => HashListCopy.Read(server.Folder));
        await using HashListMirror mirror = await server.OpenAsync();
        server.AssertEqual(mirror);
        Assert.False(File.Exists(server.ListFile + ".new"));
    }

    private static async Task MoveAsync(TrialFeed feed, CancellationToken cancellationToken)
    {
        for (int i = 0; !cancellationToken.IsCancellationRequested; i++)
        {
            ulong last = feed.Add(TestHashes.Make(1_000 + i), TestHashes.Make(500_000 + i));
            feed.Withdraw(last);
            await Task.Delay(20, CancellationToken.None);
        }
    }
}
