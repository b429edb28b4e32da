using System.Diagnostics;
using HashMatch.Matching;
using HashMatch.Protocol;
using HashMatch.Service.Cases;
using HashMatch.Service.Tests.Hostile;
using HashMatch.Service.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace HashMatch.Service.Tests.Feed;

/// <summary>A long list that is published at once must not keep people waiting who register meanwhile.</summary>
[Trait("Category", TestDatabase.Category)]
public sealed class LargePublicationTests(ITestOutputHelper output)
{
    private static readonly int Entries = HostilePeers.IsLong ? 1_000_000 : 30_000;

    /// <summary>How often it is tried: a machine that stalls just then spoils what is measured.</summary>
    private const int Rounds = 8;

    [Fact]
    public async Task Publish_LongList_LetsRegistrationsPassAndReachesMirrorsWhole()
    {
        await using TestService service = await TestService.StartAsync(settings: FeedSteps.ByHand);
        var random = new Random(1);
        int registered = 0;
        int published = 0;
        bool passed = false;
        for (int round = 0; round < Rounds && !passed; round++)
        {
            await AddAsync(service, random);
            registered += Entries;
            var watch = Stopwatch.StartNew();

            // SQLite's calls are synchronous: on this thread it would be done before anybody registers.
            Task<int> publishing = Task.Run(service.PublishAsync);
            var waits = new List<TimeSpan>();
            do
            {
                var wait = Stopwatch.StartNew();
                await service.CaseClient.RegisterAsync(CaseKey.Create(), TestHashes.Make(registered + waits.Count));
                waits.Add(wait.Elapsed);
            }
            while (!publishing.IsCompleted);
            published += await publishing;
            TimeSpan publication = watch.Elapsed;
            registered += waits.Count;
            waits.Sort();
            output.WriteLine(
                $"{Entries} entries published in {publication.TotalSeconds:F1} s; {waits.Count} registrations "
                + $"meanwhile: median {waits[waits.Count / 2].TotalMilliseconds:F0} ms, "
                + $"longest {waits[^1].TotalMilliseconds:F0} ms");

            // One that had to wait for the publication's end would take about as long as that, in every round.
            passed = waits.Count > 2 && waits[^1] < publication / 2;
        }

        Assert.True(passed, "Registrations waited for the publication's end.");

        // What was registered meanwhile may have been found at once or not yet.
        await service.MergeAsync();
        published += await service.PublishAsync();
        Assert.Equal(registered, published);
        var sending = Stopwatch.StartNew();
        FeedCaller caller = await FeedCaller.ConnectAsync(service);
        int received = 0;
        await foreach (GetSnapshotResponse part in caller.SnapshotAsync())
        {
            received += part.Entries.Count;
        }

        Assert.Equal(published, received);
        TimeSpan snapshot = sending.Elapsed;
        sending.Restart();
        FeedCopy copy = await (await FeedCopy.BeginAsync(caller)).FetchAllAsync(caller);
        Assert.Equal(published, copy.Live.Count);
        output.WriteLine(
            $"{received} sent as a snapshot in {snapshot.TotalSeconds:F1} s, "
            + $"fetched and verified in {sending.Elapsed.TotalSeconds:F1} s");
    }

    private static async Task AddAsync(TestService service, Random random)
    {
        BulkRegistration bulk = service.Services.GetRequiredService<BulkRegistration>();
        var owner = CaseKey.Create();
        for (int added = 0; added < Entries; added += 10_000)
        {
            List<Hash256> part = [.. Enumerable.Range(0, 10_000).Select(_ => Make(random))];
            await bulk.AddAsync(owner, part, TestContext.Current.CancellationToken);
        }

        await service.MergeAsync();
    }

    private static Hash256 Make(Random random) => new(
        (ulong)random.NextInt64(), (ulong)random.NextInt64(), (ulong)random.NextInt64(), (ulong)random.NextInt64());
}
