using System.Diagnostics;
using HashMatch.Matching;
using HashMatch.Protocol;
using HashMatch.Service.Feed;
using HashMatch.Service.Matching;
using HashMatch.Service.Operations;
using HashMatch.Service.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HashMatch.Service.Tests.Feed;

/// <summary>What tests of the feed do again and again.</summary>
public static class FeedSteps
{
    /// <summary>The service publishes whatever there is as soon as it is there.</summary>
    public static readonly string[] AtOnce = ["--Feed:PublishInterval=00:00:00", "--Feed:MinimumCases=1"];

    /// <summary>The service itself publishes nothing while a test lasts.</summary>
    public static readonly string[] ByHand = ["--Feed:PublishInterval=1.00:00:00"];

    public static async Task<CaseKey> RegisterAsync(this TestService service, params IEnumerable<int> seeds)
    {
        var key = CaseKey.Create();
        await service.CaseClient.RegisterAsync(key, [.. seeds.Select(TestHashes.Make)]);
        await service.MergeAsync();
        return key;
    }

    public static Task<int> MergeAsync(this TestService service) =>
        service.Services.GetRequiredService<Sequencer>().MergeAsync(TestContext.Current.CancellationToken);

    public static FeedPublication PublicationAt(this TestService service, DateTimeOffset now) =>
        ActivatorUtilities.CreateInstance<FeedPublication>(service.Services, new MovedClock(now));

    /// <summary>Publishes everything, as it is done when it has waited for long.</summary>
    public static Task<int> PublishAsync(this TestService service) => service
        .PublicationAt(DateTimeOffset.UtcNow.AddDays(3))
        .PublishAsync(TestContext.Current.CancellationToken);

    public static Task<List<Finding>> ExamineAsync(this TestService service) => ActivatorUtilities
        .CreateInstance<Doctor>(service.Services)
        .ExamineAsync(TestContext.Current.CancellationToken);

    public static async Task<T> ReadAsync<T>(this TestService service, Func<HashMatchDb, Task<T>> read)
    {
        await using HashMatchDb db = await service.Services
            .GetRequiredService<IDbContextFactory<HashMatchDb>>()
            .CreateDbContextAsync();
        return await read(db);
    }

    public static Task<List<FeedRow>> RowsAsync(this TestService service) =>
        service.ReadAsync(db => db.FeedChanges.AsNoTracking().OrderBy(row => row.Position).ToListAsync());

    public static async Task UntilAsync(Func<Task<bool>> holds, int seconds = 15)
    {
        var patience = Stopwatch.StartNew();
        while (!await holds())
        {
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(seconds), "It did not come in time.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    public static IEnumerable<Hash256> InOrder(this IEnumerable<Hash256> hashes) =>
        hashes.OrderBy(hash => hash.ToHex(), StringComparer.Ordinal);
}
