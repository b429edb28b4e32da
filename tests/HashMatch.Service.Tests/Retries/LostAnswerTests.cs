using HashMatch.Client;
using HashMatch.Protocol;
using HashMatch.Service.Platforms;
using HashMatch.Service.Tests.Feed;
using HashMatch.Service.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace HashMatch.Service.Tests.Retries;

/// <summary>The work was done, and the line broke before the client had the answer.</summary>
[Trait("Category", TestDatabase.Category)]
public sealed class LostAnswerTests
{
    [Fact]
    public async Task Register_AnswerLost_GivesTheSameCaseAndTheSameNumbers()
    {
        await using TestService service = await TestService.StartAsync();
        await using var line = new CuttingRelay(service.GrpcAddress);
        using var client = new CaseClient(line.Address);
        var key = CaseKey.Create();
        await client.RegisterAsync(key, TestHashes.Make(1));

        line.LoseAnswers();
        Task<List<PictureReceipt>> registering =
            client.RegisterAsync(key, TestHashes.Make(2), TestHashes.Make(1), TestHashes.Make(3));
        await UntilAsync(service, key, pictures: 3);
        line.Cut();
        List<PictureReceipt> receipts = await registering;
        GetStatusResponse status = await client.GetStatusAsync(key);

        Assert.Equal([2u, 1u, 3u], receipts.Select(receipt => receipt.Number));
        Assert.Equal([1u, 2u, 3u], status.Pictures.Select(picture => picture.Number));
    }

    [Fact]
    public async Task Add_AnswerLost_GivesTheSameNumbers()
    {
        await using TestService service = await TestService.StartAsync();
        await using var line = new CuttingRelay(service.GrpcAddress);
        using var client = new CaseClient(line.Address);
        var key = CaseKey.Create();
        await client.RegisterAsync(key, TestHashes.Make(1));

        line.LoseAnswers();
        Task<List<PictureReceipt>> adding =
            client.AddAsync(key, TestHashes.Pictures([TestHashes.Make(2), TestHashes.Make(3)])).ToListAsync().AsTask();
        await UntilAsync(service, key, pictures: 3);
        line.Cut();
        List<PictureReceipt> receipts = await adding;

        Assert.Equal([2u, 3u], receipts.Select(receipt => receipt.Number));
    }

    [Fact]
    public async Task Withdraw_AnswerLost_EndsInSuccess()
    {
        await using TestService service = await TestService.StartAsync();
        await using var line = new CuttingRelay(service.GrpcAddress);
        using var client = new CaseClient(line.Address);
        var key = CaseKey.Create();
        await client.RegisterAsync(key, TestHashes.Make(1), TestHashes.Make(2));

        line.LoseAnswers();
        Task<int> onePicture = client.WithdrawPictureAsync(key, 2);
        await UntilAsync(service, key, pictures: 1);
        line.Cut();
        int first = await onePicture;
        line.LoseAnswers();
        Task<int> wholeCase = client.WithdrawAsync(key);
        await UntilAsync(service, key, pictures: 0);
        line.Cut();
        int rest = await wholeCase;

        Assert.Equal((0, 0), (first, rest));
        Assert.Equal(CaseState.Withdrawn, (await client.GetStatusAsync(key)).State);
    }

    [Fact]
    public async Task Report_AnswerLost_IsRecordedOnce()
    {
        await using TestService service = await TestService.StartAsync();
        await using var line = new CuttingRelay(service.GrpcAddress);
        string key = await service.AddPlatformAsync(PlatformScopes.Match | PlatformScopes.Feedback);
        using var client = new MatchClient(line.Address, key);
        await service.CaseClient.RegisterAsync(CaseKey.Create(), TestHashes.Make(1));
        var report = new OutcomeReport
        {
            EntryId = Assert.Single(await client.MatchesAsync(TestHashes.Make(1), 1)).EntryId,
            Outcome = Outcome.Removed,
        };

        line.LoseAnswers();
        Task<IReadOnlyList<ReportReceipt>> reporting = client.ReportAsync([report]);
        await FeedSteps.UntilAsync(async () => await service.ReadAsync(db => db.Outcomes.AnyAsync()));
        line.Cut();
        IReadOnlyList<ReportReceipt> receipts = await reporting;

        Assert.Equal(ReportResult.Recorded, Assert.Single(receipts).Result);
        Assert.Equal(1, await service.ReadAsync(db => db.Outcomes.CountAsync()));
    }

    // Asks the service directly, not over the line.
    private static async Task UntilAsync(TestService service, CaseKey key, uint pictures)
    {
        while ((await service.CaseClient.GetStatusAsync(key, TestContext.Current.CancellationToken)).PictureCount
            != pictures)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }
}
