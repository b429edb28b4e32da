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

    [Fact]
    public async Task Publish_LongList_LetsRegistrationsPassAndReachesMirrorsWhole()
    {
        await using TestService service = await TestService.StartAsync(settings: FeedSteps.ByHand);
        BulkRegistration bulk = service.Services.GetRequiredService<BulkRegistration>();
        var random = new Random(1);
        var owner = CaseKey.Create();
        for (int added = 0; added < Entries; added += 10_000)
        {
            List<Hash256> part = [.. Enumerable.Range(0, 10_000).Select(_ => Make(random))];
            await bulk.AddAsync(owner, part, TestContext.Current.CancellationToken);
        }

        await service.MergeAsync();
        var watch = Stopwatch.StartNew();
        Task<int> publishing = service.PublishAsync();
        var waits = new List<TimeSpan>();
        do
        {
            var wait = Stopwatch.StartNew();
            await service.CaseClient.RegisterAsync(CaseKey.Create(), TestHashes.Make(waits.Count));
            waits.Add(wait.Elapsed);
        }
        while (!publishing.IsCompleted);
        int published = await publishing;
        TimeSpan publication = watch.Elapsed;
        FeedCaller caller = await FeedCaller.ConnectAsync(service);
        watch.Restart();
        int received = 0;
        await foreach (GetSnapshotResponse part in caller.SnapshotAsync())
        {
            received += part.Entries.Count;
        }

        TimeSpan snapshot = watch.Elapsed;
        watch.Restart();
        FeedCopy copy = await (await FeedCopy.BeginAsync(caller)).FetchAllAsync(caller);
        waits.Sort();
        output.WriteLine(
            $"{Entries} entries published in {publication.TotalSeconds:F1} s; {waits.Count} registrations meanwhile: "
            + $"median {waits[waits.Count / 2].TotalMilliseconds:F0} ms, longest {waits[^1].TotalMilliseconds:F0} ms; "
            + $"snapshot sent in {snapshot.TotalSeconds:F1} s; "
            + $"fetched and verified in {watch.Elapsed.TotalSeconds:F1} s");

        // Some that were registered meanwhile may have been found too.
        Assert.InRange(published, Entries, Entries + waits.Count);
        Assert.Equal(published, received);
        Assert.Equal(published, copy.Live.Count);

        // One that had to wait for the publication's end would take about as long as that.
        Assert.InRange(waits[waits.Count / 2], TimeSpan.Zero, publication / 2);
    }

    private static Hash256 Make(Random random) => new(
        (ulong)random.NextInt64(), (ulong)random.NextInt64(), (ulong)random.NextInt64(), (ulong)random.NextInt64());
}
