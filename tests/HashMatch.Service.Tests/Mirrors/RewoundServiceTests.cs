using HashMatch.Client;
using HashMatch.Service.Tests.Feed;

namespace HashMatch.Service.Tests.Mirrors;

/// <summary>An old copy of the SQLite file is put back, under mirrors that have seen more.</summary>
public sealed class RewoundServiceTests
{
    [Fact]
    public async Task Pull_DatabasePutBack_TakesTheListAfresh()
    {
        string data = TestService.NewFolder();
        string old = TestService.NewFolder();
        Assert.SkipWhen(Storage.TestDatabase.IsPostgres, "Copies files of SQLite.");
        var service = await TestService.StartAsync(data, settings: FeedSteps.AtOnce);
        using ServedMirror served = await ServedMirror.ConnectAsync(service);
        await service.RegisterAsync(Enumerable.Range(1, 20));
        await served.UntilPublishedAsync();
        await service.DisposeAsync();
        Copy(data, old);
        service = await TestService.StartAsync(data, settings: FeedSteps.AtOnce);
        await service.RegisterAsync(Enumerable.Range(100, 20));
        await TrialFeedServer.UntilAsync(() => service.RowsAsync().Result.Count == 40, "the publication");
        await using (HashListMirror ahead = await served.OpenAsync(server: service.GrpcAddress))
        {
            Assert.Equal(40, ahead.Status.LiveCount);
        }

        await service.DisposeAsync();
        Copy(old, data);
        await using TestService restored = await TestService.StartAsync(data, settings: FeedSteps.AtOnce);
        await restored.RegisterAsync(Enumerable.Range(200, 30));
        await TrialFeedServer.UntilAsync(() => restored.RowsAsync().Result.Count == 50, "the publication");
        await using HashListMirror mirror = await served.OpenAsync(server: restored.GrpcAddress);
        int before = mirror.Match(TestHashes.Make(100), 0).Count;
        await mirror.PullAsync();

        Assert.Equal(1, before);
        Assert.Equal(50, mirror.Status.LiveCount);
        Assert.Empty(mirror.Match(TestHashes.Make(100), 0));
        Assert.Single(mirror.Match(TestHashes.Make(200), 0));
        await restored.DisposeAsync();
        Directory.Delete(data, recursive: true);
        Directory.Delete(old, recursive: true);
    }

    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.GetFiles(to))
        {
            File.Delete(file);
        }

        foreach (string file in Directory.GetFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }
}
