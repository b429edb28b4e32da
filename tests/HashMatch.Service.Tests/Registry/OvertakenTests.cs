using HashMatch.Client;
using HashMatch.Matching;
using HashMatch.Service.Matching;
using HashMatch.Service.Storage;
using HashMatch.Service.Tests.Feed;
using HashMatch.Service.Tests.Mirrors;
using HashMatch.Service.Tests.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HashMatch.Service.Tests.Registry;

/// <summary>
/// A database takes the place of another that had gone on further, and has itself gone on, as far or further, by the
/// time that a node and a mirror look: the numbers of positions tell them nothing.
/// </summary>
public sealed class OvertakenTests
{
    private const int Before = 20;
    private const int Lost = 15;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Lost)]
    [InlineData(2 * Lost)]
    public async Task Standby_AtTheSameAddressThatHasOvertaken_IsTakenForWhatItIs(int gained)
    {
        PostgresServers.RequireInstalled();
        string folder = TestService.NewFolder();
        await using PostgresServer primary = await PostgresServer.StartAsync();
        await primary.CreateDatabaseAsync("overtaken");
        await using PostgresServer standby = await primary.StartStandbyAsync();
        await using TestService node = await StartAsync(Path.Combine(folder, "node"), folder, primary);
        using ServedMirror served = await ServedMirror.ConnectAsync(node);
        await node.RegisterAsync(Enumerable.Range(1, Before));
        await served.UntilPublishedAsync();
        await PostgresServers.UntilReplayedAsync(primary, standby, "overtaken");
        await standby.StopAsync();
        await node.RegisterAsync(Enumerable.Range(100, Lost));
        await served.UntilPublishedAsync();
        await using HashListMirror mirror = await served.OpenAsync();
        AssertList(node, [.. Seeds(1, Before), .. Seeds(100, Lost)]);
        Assert.Equal(Before + Lost, mirror.Status.LiveCount);
        await primary.StopAsync("immediate");

        // Out of the node's sight another one works on what the standby has.
        await standby.RunAsync();
        await standby.PromoteAsync();
        await using (TestService other = await StartAsync(Path.Combine(folder, "other"), folder, standby))
        {
            await other.RegisterAsync(Enumerable.Range(200, gained));
            await UntilPublishedAsync(other, Before + gained);
        }

        await standby.StopAsync();
        standby.Port = primary.Port;
        await standby.RunAsync();
        HashList list = node.Services.GetRequiredService<HashList>();
        await FeedSteps.UntilAsync(() => Task.FromResult(Holds(list, Seeds(200, gained))), seconds: 30);
        await mirror.PullAsync(Token);

        Hash256[] expected = [.. Seeds(1, Before), .. Seeds(200, gained)];
        AssertList(node, expected);
        await using (HashMatchDb db = await node.OpenAsync())
        {
            await RegistryContents.AssertListAsync(db, [.. expected]);
        }

        Assert.Empty(mirror.Match(TestHashes.Make(100), 0));
        await served.AssertEqualAsync(mirror);
        await node.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData(Lost)]
    [InlineData(2 * Lost)]
    public async Task File_PutBackThatHasOvertaken_IsTakenForWhatItIs(int gained)
    {
        string folder = TestService.NewFolder();
        string elsewhere = TestService.NewFolder();
        TestService service = await StartAsync(folder, folder);
        using ServedMirror served = await ServedMirror.ConnectAsync(service);
        await service.RegisterAsync(Enumerable.Range(1, Before));
        await served.UntilPublishedAsync();
        await service.DisposeAsync();
        PutBack(folder, elsewhere);
        service = await StartAsync(folder, folder);
        await service.RegisterAsync(Enumerable.Range(100, Lost));
        await UntilPublishedAsync(service, Before + Lost);
        await using (HashListMirror ahead = await served.OpenAsync(server: service.GrpcAddress))
        {
            Assert.Equal(Before + Lost, ahead.Status.LiveCount);
        }

        // The list's snapshot file that is left here is of the history that is lost.
        await service.DisposeAsync();
        await using (TestService other = await StartAsync(elsewhere, folder))
        {
            await other.RegisterAsync(Enumerable.Range(200, gained));
            await UntilPublishedAsync(other, Before + gained);
        }

        PutBack(elsewhere, folder);
        await using TestService restored = await StartAsync(folder, folder);
        Hash256[] expected = [.. Seeds(1, Before), .. Seeds(200, gained)];
        AssertList(restored, expected);
        await using HashListMirror mirror = await served.OpenAsync(server: restored.GrpcAddress);
        int before = mirror.Match(TestHashes.Make(100), 0).Count;
        await mirror.PullAsync(Token);

        Assert.Equal(1, before);
        Assert.Equal(expected.Length, mirror.Status.LiveCount);
        Assert.All(expected, hash => Assert.Single(mirror.Match(hash, 0)));
        await restored.DisposeAsync();
        Directory.Delete(folder, recursive: true);
        Directory.Delete(elsewhere, recursive: true);
    }

    private static IEnumerable<Hash256> Seeds(int first, int count) =>
        Enumerable.Range(first, count).Select(TestHashes.Make);

    // All nodes have the same keys.
    private static Task<TestService> StartAsync(string folder, string keys, PostgresServer? server = null) =>
        TestService.StartAsync(
            Directory.CreateDirectory(folder).FullName,
            null,
            [
                .. FeedSteps.AtOnce,
                $"--Keys:Path={Path.Combine(keys, "keys")}",
                .. server is null
                    ? (string[])["--Storage:Provider=Sqlite"]
                    :
                    [
                        "--Storage:Provider=Postgres",
                        $"--Storage:ConnectionString={server.ConnectionString("overtaken")}",
                    ],
            ]);

    private static Task UntilPublishedAsync(TestService service, int count) => FeedSteps.UntilAsync(
        async () => await service.ReadAsync(db => db.FeedChanges.CountAsync()) == count);

    private static bool Holds(HashList list, IEnumerable<Hash256> hashes)
    {
        Hash256[] all = [.. hashes];
        var found = new List<BatchMatch>();
        list.Search(all, 0, found);
        return found.Count == all.Length;
    }

    private static void AssertList(TestService service, Hash256[] expected)
    {
        HashList list = service.Services.GetRequiredService<HashList>();
        Assert.Equal(expected.Length, list.Count);
        Assert.True(Holds(list, expected));
    }

    // The database alone, as from a backup.
    private static void PutBack(string from, string to)
    {
        SqliteConnection.ClearAllPools();
        foreach (string file in Directory.GetFiles(to, "hashmatch.db*"))
        {
            File.Delete(file);
        }

        foreach (string file in Directory.GetFiles(from, "hashmatch.db*"))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }
}
