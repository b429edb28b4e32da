using HashMatch.Client;
using HashMatch.Matching;
using HashMatch.Protocol;
using HashMatch.Service.Platforms;
using HashMatch.Service.Tests.Storage;

namespace HashMatch.Service.Tests.Matching;

[Trait("Category", TestDatabase.Category)]
public sealed class MatchTests : IDisposable
{
    // For those tests that start a service twice on the same data.
    private readonly string _folder = TestService.NewFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Match_AtDistances_GivesBandsAndNumbersOnlyWithTheScope()
    {
        await using TestService service = await TestService.StartAsync();
        using MatchClient plain = await service.ConnectPlatformAsync();
        using MatchClient exact = await service.ConnectPlatformAsync(PlatformScopes.Match | PlatformScopes.Distance);
        Hash256 registered = TestHashes.Make(1);
        await service.CaseClient.RegisterAsync(CaseKey.Create(), registered);
        await plain.MatchesAsync(registered, expected: 1);
        int[] distances = [0, 8, 10, 20, 22, 30, 32];
        Hash256[] queries = [.. distances.Select(distance => TestHashes.At(registered, distance))];

        IReadOnlyList<HashMatches> bands = await plain.MatchAsync(
            queries, cancellationToken: TestContext.Current.CancellationToken);
        IReadOnlyList<HashMatches> numbers = await exact.MatchAsync(
            queries, cancellationToken: TestContext.Current.CancellationToken);

        MatchBand[] expected =
            [MatchBand.Same, MatchBand.Same, MatchBand.Near, MatchBand.Near, MatchBand.Far, MatchBand.Far];
        Assert.Equal(expected, bands.Take(6).Select(result => Assert.Single(result.Matches).Band));
        Assert.All(bands.Take(6), result => Assert.False(result.Matches[0].HasDistance));
        Assert.Equal([0u, 8, 10, 20, 22, 30], numbers.Take(6).Select(result => Assert.Single(result.Matches).Distance));
        Assert.Empty(bands[6].Matches);
        Assert.Empty(numbers[6].Matches);
    }

    [Fact]
    public async Task Match_TwoPlatforms_SeeDifferentIdsOfTheSameEntryEachAlwaysTheSame()
    {
        string key;
        string first;
        string other;
        await using (TestService service = await TestService.StartAsync(_folder))
        {
            key = await service.AddPlatformAsync();
            using var one = new MatchClient(service.GrpcAddress, key);
            using MatchClient two = await service.ConnectPlatformAsync();
            await service.CaseClient.RegisterAsync(CaseKey.Create(), TestHashes.Make(1));
            first = (await one.MatchesAsync(TestHashes.Make(1), expected: 1)).Single().EntryId;
            other = (await two.MatchesAsync(TestHashes.Make(1), expected: 1)).Single().EntryId;
        }

        await using TestService again = await TestService.StartAsync(_folder);
        using var client = new MatchClient(again.GrpcAddress, key);
        string afterRestart = (await client.MatchesAsync(TestHashes.Make(1), expected: 1)).Single().EntryId;

        Assert.Matches("^[0-9a-f]{32}$", first);
        Assert.NotEqual(first, other);
        Assert.Equal(first, afterRestart);
    }

    [Fact]
    public async Task Match_SmallerDistanceAndOtherMaximum_AreObeyed()
    {
        await using TestService service = await TestService.StartAsync(settings: "--Matching:MaxDistance=40");
        using MatchClient platform = await service.ConnectPlatformAsync();
        Hash256 registered = TestHashes.Make(1);
        await service.CaseClient.RegisterAsync(CaseKey.Create(), registered);
        await platform.MatchesAsync(registered, expected: 1);
        Hash256 query = TestHashes.At(registered, 40);

        (int? Distance, int Count)[] asked = [(null, 0), (0, 0), (39, 0), (40, 1)];
        foreach ((int? distance, int count) in asked)
        {
            IReadOnlyList<HashMatches> results = await platform.MatchAsync(
                [query], distance, TestContext.Current.CancellationToken);
            Assert.Equal(count, results[0].Matches.Count);
        }
    }

    [Fact]
    public async Task Match_MoreHashesThanARequestHolds_AnswersEachInOrder()
    {
        await using TestService service = await TestService.StartAsync();
        using MatchClient platform = await service.ConnectPlatformAsync();
        await service.CaseClient.RegisterAsync(CaseKey.Create(), TestHashes.Make(7), TestHashes.Make(1_500));
        await platform.MatchesAsync(TestHashes.Make(1_500), expected: 1);

        IReadOnlyList<HashMatches> results = await platform.MatchAsync(
            [.. Enumerable.Range(0, 2_001).Select(TestHashes.Make)],
            cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(2_001, results.Count);
        Assert.Equal([7, 1_500], Enumerable.Range(0, 2_001).Where(i => results[i].Matches.Count > 0));
    }

    [Fact]
    public async Task MatchStream_ManyBatches_AnswersEachInOrder()
    {
        await using TestService service = await TestService.StartAsync();
        using MatchClient platform = await service.ConnectPlatformAsync();
        await service.CaseClient.RegisterAsync(CaseKey.Create(), TestHashes.Make(25));
        await platform.MatchesAsync(TestHashes.Make(25), expected: 1);
        IAsyncEnumerable<IReadOnlyList<Hash256>> batches = Enumerable.Range(0, 10)
            .Select(batch => (IReadOnlyList<Hash256>)[.. Enumerable.Range(batch * 10, 10).Select(TestHashes.Make)])
            .ToAsyncEnumerable();

        List<IReadOnlyList<HashMatches>> answers = await platform
            .MatchStreamAsync(batches, cancellationToken: TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal(10, answers.Count);
        Assert.Equal([25], Enumerable.Range(0, 100).Where(i => answers[i / 10][i % 10].Matches.Count > 0));
    }

    [Fact]
    public async Task MatchStream_BatchesBreakOff_AnswersWhatWasSentAndTellsWhy()
    {
        await using TestService service = await TestService.StartAsync();
        using MatchClient platform = await service.ConnectPlatformAsync();
        int answers = 0;

        await Assert.ThrowsAsync<FormatException>(async () =>
        {
            await foreach (IReadOnlyList<HashMatches> answer in platform.MatchStreamAsync(BreakingOff())
                .WithCancellation(TestContext.Current.CancellationToken))
            {
                answers += answer.Count;
            }
        }).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        Assert.Equal(1, answers);

        static async IAsyncEnumerable<IReadOnlyList<Hash256>> BreakingOff()
        {
            yield return [TestHashes.Make(1)];
            await Task.Yield();
            throw new FormatException();
        }
    }

    [Fact]
    public async Task Match_AfterRestart_StillFindsWhatWasRegistered()
    {
        var key = CaseKey.Create();
        await using (TestService service = await TestService.StartAsync(_folder))
        {
            await service.CaseClient.RegisterAsync(key, [.. Enumerable.Range(0, 300).Select(TestHashes.Make)]);
        }

        // Whatever the sequencer had not merged when it stopped is merged before the service listens again.
        await using TestService again = await TestService.StartAsync(_folder);
        using MatchClient platform = await again.ConnectPlatformAsync();
        IReadOnlyList<HashMatches> results = await platform.MatchAsync(
            [.. Enumerable.Range(0, 300).Select(TestHashes.Make)],
            cancellationToken: TestContext.Current.CancellationToken);
        GetStatusResponse status = await again.CaseClient.GetStatusAsync(key, TestContext.Current.CancellationToken);

        Assert.All(results, result => Assert.Single(result.Matches));
        Assert.Equal(300u, status.PictureCount);
    }
}
