using HashMatch.Matching;
using HashMatch.Protocol;
using HashMatch.Service.Platforms;
using HashMatch.Service.Tests.Storage;

namespace HashMatch.Service.Tests.Feed;

/// <summary>
/// Threat T7 for pictures of many hashes: neither the feed nor an answer tells a platform which views are of one
/// picture or how they follow each other; what the hashes themselves show it sees anyway.
/// </summary>
[Trait("Category", TestDatabase.Category)]
public sealed class ViewLinkageTests
{
    private const int Pictures = 40;
    private const int ViewsEach = Hashing.ViewHasher.MaxRegistered;
    private const int Total = Pictures * ViewsEach;

    [Fact]
    public async Task Publish_ViewsOfThePictures_StandAndAreNamedByChance()
    {
        await using TestService service =
            await TestService.StartAsync(settings: [.. FeedSteps.ByHand, "--Matching:MaxDistance=256"]);
        for (int picture = 0; picture < Pictures; picture++)
        {
            await RegisterAsync(service, Views(picture));
            await service.MergeAsync();
        }

        await service.PublishAsync();
        FeedCaller caller = await FeedCaller.ConnectAsync(service);
        FeedCopy copy = await (await FeedCopy.BeginAsync(caller)).FetchAllAsync(caller);

        Dictionary<Hash256, int> seeds = Enumerable.Range(0, Total).ToDictionary(TestHashes.Make);
        int[] order = [.. copy.Live.Values.Select(entry => seeds[entry.Hash])];
        int[] named = [.. copy.Live.Values
            .OrderBy(entry => Convert.ToHexStringLower(entry.Id.Span), StringComparer.Ordinal)
            .Select(entry => seeds[entry.Hash])];
        Assert.Equal(Total, order.Length);
        AssertByChance(order);
        AssertByChance(named);
    }

    [Fact]
    public async Task Match_AllViewsAtOnce_AreOrderedByNothingButTheirIds()
    {
        await using TestService service =
            await TestService.StartAsync(settings: [.. FeedSteps.ByHand, "--Matching:MaxDistance=256"]);
        using Client.MatchClient platform = await service.ConnectPlatformAsync(PlatformScopes.Match);
        await RegisterAsync(service, Views(0), Views(1));
        await service.MergeAsync();

        IReadOnlyList<HashMatches> answer = await platform.MatchAsync(
            [TestHashes.Make(Total)], maxDistance: 256, TestContext.Current.CancellationToken);

        string[] ids = [.. answer[0].Matches.Select(match => match.EntryId)];
        Assert.Equal(2 * ViewsEach, ids.Distinct().Count());
        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
        Assert.All(answer[0].Matches, match => Assert.Equal((MatchBand.Far, false), (match.Band, match.HasDistance)));
    }

    private static async Task RegisterAsync(
        TestService service, params IReadOnlyList<IReadOnlyList<Hashing.Fingerprint>> pictures) =>
        await service.CaseClient
            .RegisterAsync(CaseKey.Create(), AgeGroup.Adult, pictures, TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);

    // 5 sigma, as the order cannot be seeded: one run in a million fails by chance.
    private static void AssertByChance(int[] order)
    {
        // Neighbours that are of one picture: about normal with the mean and the variance of a random order.
        int neighbours = order.Zip(order.Skip(1)).Count(pair => pair.First / ViewsEach == pair.Second / ViewsEach);
        double chance = (ViewsEach - 1) / (Total - 1.0);
        double mean = (Total - 1) * chance;
        Assert.InRange((neighbours - mean) / Math.Sqrt(mean * (1 - chance)), -5, 5);

        // How often a view of a picture comes after the one before it in the picture: (n - 1) / 2 of n, by chance, with
        // the variance (n + 1) / 12.
        int[] places = new int[Total];
        for (int place = 0; place < Total; place++)
        {
            places[order[place]] = place;
        }

        int rises = Enumerable.Range(1, Total - 1)
            .Count(seed => seed % ViewsEach > 0 && places[seed] > places[seed - 1]);
        double expected = Pictures * (ViewsEach - 1) / 2.0;
        double sigma = Math.Sqrt(Pictures * (ViewsEach + 1) / 12.0);
        Assert.InRange((rises - expected) / sigma, -5, 5);
    }

    private static List<Hashing.Fingerprint> Views(int picture) =>
    [
        .. Enumerable.Range(picture * ViewsEach, ViewsEach)
            .Select(seed => new Hashing.Fingerprint(TestHashes.Make(seed), 90)),
    ];
}
