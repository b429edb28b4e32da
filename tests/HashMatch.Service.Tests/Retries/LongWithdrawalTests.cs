using System.Collections.Concurrent;
using Grpc.Core;
using HashMatch.Matching;
using HashMatch.Protocol;
using HashMatch.Service.Cases;
using HashMatch.Service.Matching;
using HashMatch.Service.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace HashMatch.Service.Tests.Retries;

/// <summary>Withdrawals of imported lists, which take longer than the service lets a call last.</summary>
[Trait("Category", TestDatabase.Category)]
public sealed class LongWithdrawalTests : IDisposable
{
    private const string ShortDeadline = "--Calls:BatchDeadline=00:00:00.100";

    private readonly string _folder = TestService.NewFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Withdraw_LongerThanACallMayLast_EndsInSuccessForOneAskingOfTheClient()
    {
        await using TestService service = await TestService.StartAsync(settings: ShortDeadline);
        CaseKey key = await ImportAsync(service, 60_000);

        RpcException single = await Assert.ThrowsAsync<RpcException>(() => WithdrawOnceAsync(service, key));
        int withdrawn = await service.CaseClient.WithdrawAsync(key, TestContext.Current.CancellationToken);
        GetStatusResponse status = await service.CaseClient.GetStatusAsync(key, TestContext.Current.CancellationToken);

        Assert.Equal(StatusCode.DeadlineExceeded, single.StatusCode);
        Assert.Equal(60_000, withdrawn);
        Assert.Equal(CaseState.Withdrawn, status.State);
        Assert.Equal(0, service.Services.GetRequiredService<HashList>().Count);
    }

    [Fact]
    public async Task Withdraw_ServiceBusyForLongerThanACallMayLast_EndsInSuccess()
    {
        await using TestService service = await TestService.StartAsync(settings: ShortDeadline);
        CaseKey key = await ImportAsync(service, 3);
        Task<int> withdrawing;

        await using (await service.HoldStorageAsync())
        {
            withdrawing = service.CaseClient.WithdrawAsync(key, TestContext.Current.CancellationToken);
            RpcException single = await Assert.ThrowsAsync<RpcException>(() => WithdrawOnceAsync(service, key));
            Assert.Equal(StatusCode.DeadlineExceeded, single.StatusCode);
            await Task.Delay(1_500, TestContext.Current.CancellationToken);
            Assert.False(withdrawing.IsCompleted);
        }

        await withdrawing;
        GetStatusResponse status = await service.CaseClient.GetStatusAsync(key, TestContext.Current.CancellationToken);
        Assert.Equal((CaseState.Withdrawn, 0u), (status.State, status.PictureCount));
    }

    [Fact]
    public async Task Withdraw_CallerGoneOnceItBegan_GoesOnToTheEnd()
    {
        await using TestService service = await TestService.StartAsync(settings: ShortDeadline);
        CaseKey key = await ImportAsync(service, 40_000);

        await BeginAsync(service, key, 40_000);
        GetStatusResponse status;
        do
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
            status = await service.CaseClient.GetStatusAsync(key, TestContext.Current.CancellationToken);
        }
        while (status.State == CaseState.Active);

        Assert.Equal(0u, status.PictureCount);
    }

    [Fact]
    public async Task Withdraw_ServiceStoppedInTheMiddle_IsGoneOnWithByTheNextCall()
    {
        CaseKey key;
        await using (TestService service = await TestService.StartAsync(_folder, settings: ShortDeadline))
        {
            key = await ImportAsync(service, 80_000);
            await BeginAsync(service, key, 80_000);
        }

        await using TestService again = await TestService.StartAsync(_folder);
        GetStatusResponse before = await again.CaseClient.GetStatusAsync(key, TestContext.Current.CancellationToken);
        int withdrawn = await again.CaseClient.WithdrawAsync(key, TestContext.Current.CancellationToken);
        GetStatusResponse after = await again.CaseClient.GetStatusAsync(key, TestContext.Current.CancellationToken);

        Assert.Equal(CaseState.Active, before.State);
        Assert.InRange(before.PictureCount, 1u, 70_000u);
        Assert.Equal(before.PictureCount, (uint)withdrawn);
        Assert.Equal((CaseState.Withdrawn, 0u), (after.State, after.PictureCount));
    }

    [Fact]
    public async Task Begin_StorageFailsInBetween_GoesOnToTheEnd()
    {
        using var log = new CapturedLog();
        await using TestService service = await TestService.StartAsync(log: log);
        LongWithdrawals withdrawals = service.Services.GetRequiredService<LongWithdrawals>();
        int attempts = 0;

        int withdrawn = await withdrawals.Begin(
            CaseKey.Create(),
            async _ =>
            {
                if (++attempts <= 2)
                {
                    await service.AlterAsync("INSERT INTO nothing VALUES (1)");
                }

                return 3;
            });

        Assert.Equal((3, 3), (attempts, withdrawn));
        Assert.Equal(
            2,
            log.Lines.Count(line => line.Contains("Withdrawing a long case failed", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Begin_StorageFailsUntilTheServiceStops_EndsUnavailable()
    {
        await using TestService service = await TestService.StartAsync();
        LongWithdrawals withdrawals = service.Services.GetRequiredService<LongWithdrawals>();
        Task<int> withdrawing = withdrawals.Begin(
            CaseKey.Create(),
            async _ =>
            {
                await service.AlterAsync("INSERT INTO nothing VALUES (1)");
                return 3;
            });

        await service.StopAsync();

        RpcException refusal = await Assert.ThrowsAsync<RpcException>(() => withdrawing);
        Assert.Equal(StatusCode.Unavailable, refusal.StatusCode);
    }

    [Fact]
    public async Task Begin_FailsWithNobodyWaiting_IsObserved()
    {
        await using TestService service = await TestService.StartAsync();
        LongWithdrawals withdrawals = service.Services.GetRequiredService<LongWithdrawals>();
        var fault = new NotSupportedException("of its own");
        var unobserved = new ConcurrentQueue<Exception>();
        EventHandler<UnobservedTaskExceptionEventArgs> hear = (_, found) => unobserved.Enqueue(found.Exception);
        TaskScheduler.UnobservedTaskException += hear;

        WeakReference<Task<int>> ended = await FailAloneAsync(withdrawals, fault);
        for (int i = 0; i < 100 && ended.TryGetTarget(out _); i++)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        TaskScheduler.UnobservedTaskException -= hear;
        Assert.False(ended.TryGetTarget(out _));
        Assert.DoesNotContain(unobserved, found => found.InnerException == fault);
    }

    // Keeps nothing of the withdrawal alive.
    private static async Task<WeakReference<Task<int>>> FailAloneAsync(LongWithdrawals withdrawals, Exception fault)
    {
        var key = CaseKey.Create();
        WeakReference<Task<int>> begun = Begin();
        while (withdrawals.Find(key) is not null)
        {
            await Task.Delay(10);
        }

        return begun;

        WeakReference<Task<int>> Begin() => new(withdrawals.Begin(key, _ => Task.FromException<int>(fault)));
    }

    // Until the first of it is gone; a call may also end while it waits for its turn.
    private static async Task BeginAsync(TestService service, CaseKey key, uint count)
    {
        do
        {
            await Assert.ThrowsAsync<RpcException>(() => WithdrawOnceAsync(service, key));
        }
        while ((await service.CaseClient.GetStatusAsync(key)).PictureCount == count);
    }

    private static async Task WithdrawOnceAsync(TestService service, CaseKey key)
    {
        var request = new WithdrawRequest
        {
            CaseKey = Google.Protobuf.ByteString.CopyFrom(key.ToByteArray()),
            WholeCase = true,
        };
        await service.Cases.WithdrawAsync(request, cancellationToken: TestContext.Current.CancellationToken);
    }

    // As the command "import" does it, and merged, so that the entries must be taken off too.
    private static async Task<CaseKey> ImportAsync(TestService service, int count)
    {
        var random = new Random(count);
        var key = CaseKey.Create();
        List<Hash256> hashes =
        [
            .. Enumerable.Range(0, count).Select(_ => new Hash256(Word(), Word(), Word(), Word())),
        ];
        await service.Services.GetRequiredService<BulkRegistration>().AddAsync(key, hashes, default);
        await service.Services.GetRequiredService<Sequencer>().MergeAsync(default);
        return key;

        ulong Word() => (ulong)random.NextInt64();
    }
}
