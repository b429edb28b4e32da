using Grpc.Core;
using HashMatch.Client;
using HashMatch.Matching;
using HashMatch.Protocol;
using HashMatch.Service.Tests.Storage;

namespace HashMatch.Service.Tests.Cases;

[Trait("Category", TestDatabase.Category)]
public sealed class CaseLifeTests
{
    [Fact]
    public async Task Register_ThenMatchThenWithdraw_GivesOneMatchAndThenNone()
    {
        await using TestService service = await TestService.StartAsync();
        using MatchClient platform = await service.ConnectPlatformAsync();
        var key = CaseKey.Create();

        List<PictureReceipt> receipts = await service.CaseClient.RegisterAsync(key, TestHashes.Make(1));
        IReadOnlyList<Match> before = await platform.MatchesAsync(TestHashes.At(TestHashes.Make(1), 6), expected: 1);
        int withdrawn = await service.CaseClient.WithdrawAsync(key, TestContext.Current.CancellationToken);
        IReadOnlyList<HashMatches> after = await platform.MatchAsync(
            [TestHashes.Make(1)], cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(1u, Assert.Single(receipts).Number);
        Assert.Equal(MatchBand.Same, Assert.Single(before).Band);
        Assert.Equal(1, withdrawn);
        Assert.Empty(after[0].Matches);
    }

    [Fact]
    public async Task Register_SameHashTwice_GivesOnePictureAndOneEntry()
    {
        await using TestService service = await TestService.StartAsync();
        using MatchClient platform = await service.ConnectPlatformAsync();
        var key = CaseKey.Create();

        List<PictureReceipt> first =
            await service.CaseClient.RegisterAsync(key, TestHashes.Make(1), TestHashes.Make(1));
        List<PictureReceipt> retry =
            await service.CaseClient.RegisterAsync(key, TestHashes.Make(1), TestHashes.Make(2));
        IReadOnlyList<Match> matches = await platform.MatchesAsync(TestHashes.Make(1), expected: 1);

        Assert.Equal([1u, 1u], first.Select(receipt => receipt.Number));
        Assert.Equal([1u, 2u], retry.Select(receipt => receipt.Number));
        Assert.Single(matches);
    }

    [Fact]
    public async Task Withdraw_HashThatAnotherCaseHolds_StillMatchesUntilTheLastHolderWithdraws()
    {
        await using TestService service = await TestService.StartAsync();
        using MatchClient platform = await service.ConnectPlatformAsync();
        var one = CaseKey.Create();
        var other = CaseKey.Create();
        await service.CaseClient.RegisterAsync(one, TestHashes.Make(1));
        await service.CaseClient.RegisterAsync(other, TestHashes.Make(1));
        string before = (await platform.MatchesAsync(TestHashes.Make(1), expected: 1)).Single().EntryId;

        await service.CaseClient.WithdrawAsync(one, TestContext.Current.CancellationToken);
        IReadOnlyList<Match> held = await platform.MatchesAsync(TestHashes.Make(1), expected: 1);
        await service.CaseClient.WithdrawAsync(other, TestContext.Current.CancellationToken);
        IReadOnlyList<Match> gone = await platform.MatchesAsync(TestHashes.Make(1), expected: 0);

        Assert.Equal(before, Assert.Single(held).EntryId);
        Assert.Empty(gone);
    }

    [Fact]
    public async Task Withdraw_OnePicture_LeavesTheOthersAndNeverGivesItsNumberAgain()
    {
        await using TestService service = await TestService.StartAsync();
        using MatchClient platform = await service.ConnectPlatformAsync();
        var key = CaseKey.Create();
        await service.CaseClient.RegisterAsync(key, TestHashes.Make(1), TestHashes.Make(2));

        int withdrawn = await service.CaseClient.WithdrawPictureAsync(key, 2, TestContext.Current.CancellationToken);
        List<PictureReceipt> added = await AddAsync(service, key, TestHashes.Make(3));
        GetStatusResponse status = await service.CaseClient.GetStatusAsync(key, TestContext.Current.CancellationToken);

        Assert.Equal(1, withdrawn);
        Assert.Equal(3u, Assert.Single(added).Number);
        Assert.Equal([1u, 3u], status.Pictures.Select(picture => picture.Number));
        Assert.Empty(await platform.MatchesAsync(TestHashes.Make(2), expected: 0));
        Assert.Single(await platform.MatchesAsync(TestHashes.Make(1), expected: 1));
        Assert.Single(await platform.MatchesAsync(TestHashes.Make(3), expected: 1));
    }

    [Fact]
    public async Task Withdraw_WholeCase_IsFinalAndSafeToRepeat()
    {
        await using TestService service = await TestService.StartAsync();
        var key = CaseKey.Create();
        await service.CaseClient.RegisterAsync(key, TestHashes.Make(1));

        int first = await service.CaseClient.WithdrawAsync(key, TestContext.Current.CancellationToken);
        int second = await service.CaseClient.WithdrawAsync(key, TestContext.Current.CancellationToken);
        GetStatusResponse status = await service.CaseClient.GetStatusAsync(key, TestContext.Current.CancellationToken);
        RpcException lateRetry = await Assert.ThrowsAsync<RpcException>(
            () => service.CaseClient.RegisterAsync(key, TestHashes.Make(1)));

        Assert.Equal((1, 0), (first, second));
        Assert.Equal(CaseState.Withdrawn, status.State);
        Assert.Equal(0u, status.PictureCount);
        Assert.Equal(StatusCode.FailedPrecondition, lateRetry.StatusCode);
    }

    [Fact]
    public async Task GetStatus_AfterRegister_TellsPicturesAndDaysAndNothingElse()
    {
        await using TestService service = await TestService.StartAsync();
        var key = CaseKey.Create();
        await service.CaseClient
            .RegisterAsync(
                key,
                AgeGroup.Under18,
                [[new Hashing.Fingerprint(TestHashes.Make(1), 90), new Hashing.Fingerprint(TestHashes.Make(2), 80)]],
                TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);

        GetStatusResponse status = await service.CaseClient.GetStatusAsync(key, TestContext.Current.CancellationToken);

        Assert.Equal(CaseState.Active, status.State);
        Assert.Equal(AgeGroup.Under18, status.AgeGroup);
        PictureStatus picture = Assert.Single(status.Pictures);
        Assert.Equal((1u, 2u), (picture.Number, picture.Fingerprints));
        Assert.Matches("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", picture.RegisteredDay);
    }

    [Fact]
    public async Task Register_PictureWithOneKnownView_AddsTheOtherViewsToIt()
    {
        await using TestService service = await TestService.StartAsync();
        using MatchClient platform = await service.ConnectPlatformAsync();
        var key = CaseKey.Create();
        await service.CaseClient.RegisterAsync(key, TestHashes.Make(1));

        List<PictureReceipt> receipts = await service.CaseClient
            .AddAsync(
                key,
                [[new Hashing.Fingerprint(TestHashes.Make(2), 90), new Hashing.Fingerprint(TestHashes.Make(1), 80)]],
                TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1u, Assert.Single(receipts).Number);
        Assert.Single(await platform.MatchesAsync(TestHashes.Make(2), expected: 1));
    }

    [Fact]
    public async Task Register_MoreViewsThanAPictureHolds_RefusesThemAndKeepsThePicture()
    {
        await using TestService service = await TestService.StartAsync();
        var key = CaseKey.Create();
        await service.CaseClient.RegisterAsync(key, TestHashes.Make(0));

        List<PictureReceipt> receipts = await service.CaseClient
            .AddAsync(key, [Views(0, 1, 31), Views(0, 0, 32), Views(0, 32, 1)], TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);
        List<PictureReceipt> later = await service.CaseClient
            .AddAsync(key, [Views(0, 32, 1), Views(0, 5, 3)], TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);
        GetStatusResponse status = await service.CaseClient.GetStatusAsync(key, TestContext.Current.CancellationToken);

        Assert.Equal([1u, 1u, 0u], receipts.Select(receipt => receipt.Number));
        Assert.Equal([0u, 1u], later.Select(receipt => receipt.Number));
        Assert.Equal(PictureRefusal.TooManyFingerprints, receipts[2].Refusal);
        Assert.Equal(PictureRefusal.TooManyFingerprints, later[0].Refusal);
        Assert.Equal(32u, Assert.Single(status.Pictures).Fingerprints);
    }

    [Fact]
    public async Task Register_MoreThanACaseHolds_RefusesTheRestAloudAndKeepsWhatFits()
    {
        await using TestService service = await TestService.StartAsync();
        var key = CaseKey.Create();
        Hash256[] hashes = [.. Enumerable.Range(0, CaseClient.MaxPicturesPerCase + 5).Select(TestHashes.Make)];

        List<PictureReceipt> receipts = await service.CaseClient.RegisterAsync(key, hashes);
        GetStatusResponse status = await service.CaseClient.GetStatusAsync(key, TestContext.Current.CancellationToken);

        Assert.Equal(
            Enumerable.Range(1, 1_000).Select(number => (uint)number), receipts.Take(1_000).Select(r => r.Number));
        Assert.All(receipts.Skip(1_000), receipt => Assert.Equal(PictureRefusal.CaseFull, receipt.Refusal));
        Assert.Equal(1_000u, status.PictureCount);
    }

    [Fact]
    public async Task Register_ManyCasesAtOnce_AllMatchAfterwards()
    {
        await using TestService service = await TestService.StartAsync();
        using MatchClient platform = await service.ConnectPlatformAsync();

        await Task.WhenAll(Enumerable.Range(0, 40).Select(async seed =>
        {
            var key = CaseKey.Create();
            await service.CaseClient.RegisterAsync(key, TestHashes.Make(seed), TestHashes.Make(1_000));
            if (seed % 2 == 0)
            {
                await service.CaseClient.WithdrawPictureAsync(key, 1, TestContext.Current.CancellationToken);
            }
        }));

        foreach (int seed in Enumerable.Range(0, 40))
        {
            Assert.Equal(seed % 2, (await platform.MatchesAsync(TestHashes.Make(seed), expected: seed % 2)).Count);
        }

        Assert.Single(await platform.MatchesAsync(TestHashes.Make(1_000), expected: 1));
    }

    private static List<Hashing.Fingerprint> Views(int known, int first, int count) =>
    [
        .. Enumerable.Range(first, count).Prepend(known).Distinct()
            .Select(seed => new Hashing.Fingerprint(TestHashes.Make(seed), 100)),
    ];

    private static async Task<List<PictureReceipt>> AddAsync(
        TestService service, CaseKey key, params Hash256[] hashes) =>
        await service.CaseClient
            .AddAsync(key, TestHashes.Pictures(hashes), TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);
}
