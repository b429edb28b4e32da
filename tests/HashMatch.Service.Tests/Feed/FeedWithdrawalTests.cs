using System.Security.Cryptography;
using HashMatch.Matching;
using HashMatch.Protocol;
using HashMatch.Service.Storage;
using HashMatch.Service.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace HashMatch.Service.Tests.Feed;

[Trait("Category", TestDatabase.Category)]
public sealed class FeedWithdrawalTests
{
    [Fact]
    public async Task Withdraw_PublishedCase_ErasesHashAndSaltAndKeepsTheChain()
    {
        await using TestService service = await TestService.StartAsync(settings: FeedSteps.ByHand);
        FeedCaller caller = await FeedCaller.ConnectAsync(service);
        CaseKey withdrawn = await service.RegisterAsync(1, 2, 3);
        await service.RegisterAsync(3, 4);
        await service.PublishAsync();
        FeedCopy follower = await (await FeedCopy.BeginAsync(caller)).FetchAllAsync(caller);
        List<FeedRow> before = await service.RowsAsync();

        await service.CaseClient.WithdrawAsync(withdrawn);
        List<FeedRow> after = await service.RowsAsync();
        await follower.FetchAllAsync(caller);
        FeedCopy late = await (await FeedCopy.BeginAsync(caller)).FetchAllAsync(caller);

        // The hash that another case holds too stays.
        Hash256[] left = [TestHashes.Make(3), TestHashes.Make(4)];
        Assert.Equal(left.InOrder(), follower.Hashes.InOrder());
        Assert.Equal(follower.Live, late.Live);
        Assert.Equal(follower.At, late.At);
        Assert.Equal((2, 2, 2), (late.Leaves, late.Withdrawals, late.Added.Count));
        Assert.Equal(before.Select(row => row.Leaf), after.Take(4).Select(row => row.Leaf));
        Assert.Equal(left.InOrder(), after.Where(row => row.Hash is not null).Select(row => row.Hash!.Value).InOrder());
        Assert.All(after, row => Assert.Equal(row.Hash is null, row is { Salt: null, EntryId: null }));
        Assert.All(await service.ExamineAsync(), finding => Assert.True(finding.IsWell, finding.ToString()));
    }

    [Fact]
    public async Task Withdraw_BeforeItWasPublished_NeverAppears()
    {
        await using TestService service = await TestService.StartAsync(settings: FeedSteps.ByHand);
        FeedCaller caller = await FeedCaller.ConnectAsync(service);
        CaseKey withdrawn = await service.RegisterAsync(1, 2);
        await service.RegisterAsync(3);

        await service.CaseClient.WithdrawAsync(withdrawn);
        await service.PublishAsync();

        FeedCopy copy = await (await FeedCopy.BeginAsync(caller)).FetchAllAsync(caller);
        Assert.Equal([TestHashes.Make(3)], copy.Added);
        Assert.Equal(0, copy.Withdrawals);

        // A leaf of nothing: how soon mirrors come past a withdrawal is not to tell whether it was of anything.
        Assert.Equal(1, copy.Leaves);
    }

    [Fact]
    public async Task Withdraw_OnePictureThenRegisteredAnew_IsAnotherAddition()
    {
        await using TestService service = await TestService.StartAsync(settings: FeedSteps.ByHand);
        FeedCaller caller = await FeedCaller.ConnectAsync(service);
        CaseKey key = await service.RegisterAsync(1, 2);
        await service.PublishAsync();

        await service.CaseClient.WithdrawPictureAsync(key, 1);
        await service.CaseClient.RegisterAsync(key, TestHashes.Make(1));
        await service.MergeAsync();
        await service.PublishAsync();

        FeedCopy copy = await (await FeedCopy.BeginAsync(caller)).FetchAllAsync(caller);
        Assert.Equal(new[] { TestHashes.Make(1), TestHashes.Make(2) }.InOrder(), copy.Hashes.InOrder());
        Assert.Equal(4ul, copy.At.Position);
        Assert.Equal((1, 1), (copy.Leaves, copy.Withdrawals));
    }

    [Fact]
    public async Task Status_OfWithdrawnCase_CountsTheMirrorsThatHaveComePast()
    {
        await using TestService service = await TestService.StartAsync(settings: FeedSteps.ByHand);
        CaseKey key = await service.RegisterAsync(1);
        await service.PublishAsync();
        FeedCaller one = await FeedCaller.ConnectAsync(service);
        FeedCaller two = await FeedCaller.ConnectAsync(service, "revoked later");
        FeedPosition early = (await one.CheckpointAsync()).At;
        foreach (FeedCaller caller in (FeedCaller[])[one, one, two])
        {
            await caller.AcknowledgeAsync(RandomNumberGenerator.GetBytes(16), early);
        }

        byte[] mine = RandomNumberGenerator.GetBytes(16);
        await one.AcknowledgeAsync(mine, early);
        GetStatusResponse active = await StatusAsync(service, key);
        await service.CaseClient.WithdrawAsync(key);
        GetStatusResponse before = await StatusAsync(service, key);
        await one.AcknowledgeAsync(mine, (await one.CheckpointAsync()).At);
        GetStatusResponse confirmed = await StatusAsync(service, key);
        await one.AcknowledgeAsync(mine, early);
        GetStatusResponse afterRepeat = await StatusAsync(service, key);
        await service.AlterAsync("UPDATE platforms SET revoked_day = created_day WHERE name = 'revoked later'");
        GetStatusResponse afterRevocation = await StatusAsync(service, key);
        await service.AlterAsync($"UPDATE mirrors SET day = '{DaysAgo(9)}' WHERE position = {early.Position}");
        GetStatusResponse afterSilence = await StatusAsync(service, key);

        Assert.Equal((0u, 0u), (active.MirrorsConfirmed, active.Mirrors));
        Assert.Equal((0u, 4u), (before.MirrorsConfirmed, before.Mirrors));
        Assert.Equal((1u, 4u), (confirmed.MirrorsConfirmed, confirmed.Mirrors));
        Assert.Equal((1u, 4u), (afterRepeat.MirrorsConfirmed, afterRepeat.Mirrors));
        Assert.Equal((1u, 3u), (afterRevocation.MirrorsConfirmed, afterRevocation.Mirrors));
        Assert.Equal((1u, 1u), (afterSilence.MirrorsConfirmed, afterSilence.Mirrors));
    }

    // Threat T10: who registers and withdraws a picture learns nothing of whether somebody else registered it.
    [Fact]
    public async Task Status_HashThatAnotherCaseHoldsToo_LooksLikeOneThatNobodyHolds()
    {
        await using TestService service = await TestService.StartAsync(settings: FeedSteps.ByHand);
        await service.RegisterAsync(1);
        await service.PublishAsync();
        CaseKey known = await service.RegisterAsync(1);
        CaseKey unknown = await service.RegisterAsync(2);
        FeedCaller caller = await FeedCaller.ConnectAsync(service);
        await caller.AcknowledgeAsync(new byte[16], (await caller.CheckpointAsync()).At);

        GetStatusResponse ofKnown = await StatusAsync(service, known);
        GetStatusResponse ofUnknown = await StatusAsync(service, unknown);
        await service.CaseClient.WithdrawAsync(known);
        GetStatusResponse ofKnownWithdrawn = await StatusAsync(service, known);
        await service.PublishAsync();
        await caller.AcknowledgeAsync(new byte[16], (await caller.CheckpointAsync()).At);
        await service.CaseClient.WithdrawAsync(unknown);
        GetStatusResponse ofUnknownWithdrawn = await StatusAsync(service, unknown);

        Assert.Equal(ofUnknown, ofKnown);
        Assert.Equal(ofUnknownWithdrawn, ofKnownWithdrawn);
        Assert.Equal((0u, 1u), (ofKnownWithdrawn.MirrorsConfirmed, ofKnownWithdrawn.Mirrors));
    }

    [Fact]
    public async Task Status_OfPicture_IsPublishedWhenAllItsHashesAreAndItsTimeHasCome()
    {
        await using TestService service = await TestService.StartAsync(settings: FeedSteps.ByHand);
        CaseKey key = await service.RegisterAsync(1, 2);
        await service.AlterAsync($"UPDATE fingerprints SET added_day = '{DaysAgo(4)}'");

        GetStatusResponse before = await StatusAsync(service, key);
        await service.PublishAsync();
        GetStatusResponse after = await StatusAsync(service, key);
        await service.CaseClient.RegisterAsync(key, TestHashes.Make(3));
        GetStatusResponse withAnother = await StatusAsync(service, key);

        Assert.All(before.Pictures, picture => Assert.False(picture.Published));
        Assert.All(after.Pictures, picture => Assert.True(picture.Published));
        Assert.Equal([true, true, false], withAnother.Pictures.Select(picture => picture.Published));
    }

    [Fact]
    public async Task Status_InDevelopment_IsPublishedAtOnce()
    {
        await using TestService service = await TestService.StartAsync(settings: FeedSteps.AtOnce);
        CaseKey key = await service.RegisterAsync(1);

        await FeedSteps.UntilAsync(async () => (await StatusAsync(service, key)).Pictures[0].Published, 5);
    }

    [Fact]
    public async Task Acknowledge_TheHundredAndFirstMirror_IsRefusedUntilOneIsForgotten()
    {
        await using TestService service = await TestService.StartAsync(settings: FeedSteps.ByHand);
        FeedCaller caller = await FeedCaller.ConnectAsync(service);
        FeedPosition end = (await caller.CheckpointAsync()).At;
        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => caller.AcknowledgeAsync(Id(i), end)));

        Grpc.Core.RpcException refusal =
            await Assert.ThrowsAsync<Grpc.Core.RpcException>(() => caller.AcknowledgeAsync(Id(100), end));
        await caller.AcknowledgeAsync(Id(99), end);
        await (await FeedCaller.ConnectAsync(service)).AcknowledgeAsync(Id(100), end);
        await service.AlterAsync("UPDATE mirrors SET day = '2020-01-01'");
        await caller.AcknowledgeAsync(Id(100), end);

        Assert.Equal(Grpc.Core.StatusCode.ResourceExhausted, refusal.StatusCode);
        Assert.Equal(2, await service.ReadAsync(db => db.Mirrors.CountAsync()));

        static byte[] Id(int number) => [.. new byte[15], (byte)number];
    }

    private static string DaysAgo(int days) => DateOnly.FromDateTime(DateTime.UtcNow.AddDays(-days)).ToString("O");

    private static async Task<GetStatusResponse> StatusAsync(TestService service, CaseKey key) =>
        await service.CaseClient.GetStatusAsync(key, TestContext.Current.CancellationToken);
}
