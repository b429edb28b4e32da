using HashMatch.Matching;
using HashMatch.Protocol;
using HashMatch.Service.Feed;
using HashMatch.Service.Storage;
using HashMatch.Service.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HashMatch.Service.Tests.Feed;

[Trait("Category", TestDatabase.Category)]
public sealed class PublicationTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Publish_SevenCases_NothingIsPublished_WithTheEighthEverything()
    {
        await using TestService service = await TestService.StartAsync(settings: FeedSteps.ByHand);
        FeedPublication publication = service.Services.GetRequiredService<FeedPublication>();
        for (int seed = 0; seed < 7; seed++)
        {
            await service.RegisterAsync(seed, 100 + seed);
        }

        int withSeven = await publication.PublishAsync(Cancelled);
        await service.RegisterAsync(7);
        int withEight = await publication.PublishAsync(Cancelled);

        Assert.Equal(0, withSeven);
        Assert.Equal(15, withEight);
        FeedCaller caller = await FeedCaller.ConnectAsync(service);
        FeedCopy copy = await (await FeedCopy.BeginAsync(caller)).FetchAllAsync(caller);
        int[] seeds = [0, 1, 2, 3, 4, 5, 6, 7, 100, 101, 102, 103, 104, 105, 106];
        Assert.Equal(seeds.Select(TestHashes.Make).InOrder(), copy.Hashes.InOrder());
    }

    [Fact]
    public async Task Publish_OneHashInEightCases_IsPublished()
    {
        await using TestService service = await TestService.StartAsync(settings: FeedSteps.ByHand);
        for (int i = 0; i < 8; i++)
        {
            await service.RegisterAsync(1);
        }

        Assert.Equal(1, await service.Services.GetRequiredService<FeedPublication>().PublishAsync(Cancelled));
    }

    [Fact]
    public async Task Publish_OneCase_IsPublishedWhenItHasSurelyWaitedForADay()
    {
        await using TestService service = await TestService.StartAsync(settings: FeedSteps.ByHand);
        await service.RegisterAsync(1);
        DateOnly day = await service.ReadAsync(db => db.Entries.Select(entry => entry.AddedDay).SingleAsync());
        var midnight = new DateTimeOffset(day.AddDays(2).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

        int before = await service.PublicationAt(midnight.AddTicks(-1)).PublishAsync(Cancelled);
        int after = await service.PublicationAt(midnight).PublishAsync(Cancelled);
        int again = await service.PublicationAt(midnight).PublishAsync(Cancelled);

        Assert.Equal((0, 1, 0), (before, after, again));
    }

    [Fact]
    public async Task Publisher_ClockMovedToTheFullHour_PublishesThenAndNotBefore()
    {
        await using TestService service = await TestService.StartAsync(settings: FeedSteps.ByHand);
        await service.RegisterAsync(1);
        var clock = new MovedClock(new DateTimeOffset(2099, 1, 1, 10, 59, 59, TimeSpan.Zero));
        FeedPublication publication = ActivatorUtilities.CreateInstance<FeedPublication>(service.Services, clock);
        using FeedPublisher publisher = ActivatorUtilities.CreateInstance<FeedPublisher>(
            service.Services,
            clock,
            publication,
            Microsoft.Extensions.Options.Options.Create(new FeedOptions()));

        await publisher.StartAsync(Cancelled);
        await Task.Delay(1500, Cancelled);
        int before = (await service.RowsAsync()).Count;
        clock.Now = clock.Now.AddSeconds(1);
        await FeedSteps.UntilAsync(async () => (await service.RowsAsync()).Count == 1);
        await publisher.StopAsync(Cancelled);

        Assert.Equal(0, before);
    }

    [Fact]
    public async Task Register_AtOnce_IsInTheFeedWithoutBeingAskedFor()
    {
        await using TestService service = await TestService.StartAsync(settings: FeedSteps.AtOnce);

        await service.CaseClient.RegisterAsync(CaseKey.Create(), TestHashes.Make(1));

        await FeedSteps.UntilAsync(async () => (await service.RowsAsync()).Count == 1, 5);
    }

    [Fact]
    public async Task Publish_MoreThanOneTransactionTakes_PublishesEachOnce()
    {
        await using TestService service = await TestService.StartAsync(settings: FeedSteps.ByHand);
        List<Hash256> hashes = [.. Enumerable.Range(0, 9_000).Select(TestHashes.Make)];
        await service.Services.GetRequiredService<Service.Cases.BulkRegistration>()
            .AddAsync(CaseKey.Create(), hashes, Cancelled);
        await service.MergeAsync();

        int[] published = await Task.WhenAll(service.PublishAsync(), service.PublishAsync());

        Assert.Equal(9_000, published.Sum());
        FeedCaller caller = await FeedCaller.ConnectAsync(service);
        FeedCopy copy = await (await FeedCopy.BeginAsync(caller)).FetchAllAsync(caller);
        FeedCopy snapshot = await FeedCopy.SnapshotAsync(caller);
        Assert.Equal(hashes.InOrder(), copy.Hashes.InOrder());
        Assert.Equal(copy.Live, snapshot.Live);
        Assert.Equal(copy.At, snapshot.At);
        Assert.All(await service.ExamineAsync(), finding => Assert.True(finding.IsWell, finding.ToString()));
    }

    // Threat T7: 20 cases of 50 hashes, registered one after the other. The number of neighbours of one case is about
    // normal with the mean and the variance of a random order; 5 sigma is one run in two million, since the order
    // cannot be seeded.
    [Fact]
    public async Task Publish_HashesOfTheSameCases_AreNeighboursAsOftenAsByChance()
    {
        const int Cases = 20;
        const int Each = 50;
        const double Total = Cases * Each;
        await using TestService service = await TestService.StartAsync(settings: FeedSteps.ByHand);
        for (int number = 0; number < Cases; number++)
        {
            await service.RegisterAsync(Enumerable.Range(number * Each, Each));
        }

        await service.Services.GetRequiredService<FeedPublication>().PublishAsync(Cancelled);
        List<FeedRow> rows = await service.RowsAsync();

        Dictionary<Hash256, int> owners = Enumerable.Range(0, Cases * Each)
            .ToDictionary(TestHashes.Make, seed => seed / Each);
        int[] order = [.. rows.Select(row => owners[row.Hash!.Value])];
        int neighbours = order.Zip(order.Skip(1)).Count(pair => pair.First == pair.Second);
        double chance = (Each - 1) / (Total - 1);
        double mean = (Total - 1) * chance;
        double sigma = Math.Sqrt(mean * (1 - chance));
        Assert.Equal(Cases * Each, order.Length);
        Assert.InRange((neighbours - mean) / sigma, -5, 5);

        // Nor does a case stand early because it came early: the mean of 50 places of 1,000.
        double ofFirst = Enumerable.Range(0, order.Length).Where(place => order[place] == 0).Average();
        Assert.InRange((ofFirst - ((Total - 1) / 2)) / (Total / Math.Sqrt(12 * Each)), -5, 5);
    }
}
