using Grpc.Core;
using HashMatch.Protocol;
using HashMatch.Service.Cases;
using HashMatch.Service.Storage;
using HashMatch.Service.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HashMatch.Service.Tests.Registry;

/// <summary>Changes of several callers in one transaction, of whom one fails, is refused or gives up.</summary>
[Trait("Category", TestDatabase.Category)]
public sealed class GroupCommitTests
{
    private const int Neighbours = 20;

    [Fact]
    public async Task Commit_OneIsRefused_OthersAreStored()
    {
        await using TestService service = await TestService.StartAsync();
        var refused = CaseKey.Create();

        Task<bool> outcome =
            await CommitBesideOthersAsync(service, refused, _ => throw Service.Calls.Refusals.NoSuchCase());

        RpcException refusal = await Assert.ThrowsAsync<RpcException>(() => outcome);
        Assert.Equal(StatusCode.NotFound, refusal.StatusCode);
        await AssertStoredAsync(service, refused, isStored: false);
    }

    [Fact]
    public async Task Commit_OneFailsByAFaultOfItsOwn_FailsAlone()
    {
        await using TestService service = await TestService.StartAsync();
        var faulty = CaseKey.Create();

        Task<bool> outcome =
            await CommitBesideOthersAsync(service, faulty, _ => throw new NotSupportedException("of its own"));

        await Assert.ThrowsAsync<NotSupportedException>(() => outcome);
        await AssertStoredAsync(service, faulty, isStored: false);
    }

    [Fact]
    public async Task Commit_OneIsRefusedByTheDatabase_FailsAlone()
    {
        await using TestService service = await TestService.StartAsync();
        var failing = CaseKey.Create();

        Task<bool> outcome = await CommitBesideOthersAsync(
            service, failing, db => db.Database.ExecuteSqlRawAsync("INSERT INTO nothing VALUES (1)"));

        Exception failure = await Assert.ThrowsAnyAsync<Exception>(() => outcome);
        Assert.True(StorageFailure.Is(failure));
        await AssertStoredAsync(service, failing, isStored: false);
    }

    [Fact]
    public async Task Commit_OneIsGivenUpBeforeItBegins_LeavesNothingOfIt()
    {
        await using TestService service = await TestService.StartAsync();
        var givenUp = CaseKey.Create();
        using var end = new CancellationTokenSource();

        Task<bool> outcome =
            await CommitBesideOthersAsync(service, givenUp, _ => Task.CompletedTask, end.Cancel, end.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => outcome);
        await AssertStoredAsync(service, givenUp, isStored: false);
    }

    [Fact]
    public async Task Commit_OneIsGivenUpWhileItIsMade_IsWholeAndItsCallerLearnsOfIt()
    {
        await using TestService service = await TestService.StartAsync();
        var givenUp = CaseKey.Create();
        using var end = new CancellationTokenSource();

        Task<bool> outcome = await CommitBesideOthersAsync(
            service, givenUp, _ => end.CancelAsync(), cancellationToken: end.Token);

        Assert.True(await outcome);
        await AssertStoredAsync(service, givenUp, isStored: true);
    }

    // The first change keeps all others waiting until they are there; then they are committed together.
    private static async Task<Task<bool>> CommitBesideOthersAsync(
        TestService service,
        CaseKey key,
        Func<HashMatchDb, Task> changeAsync,
        Action? whenAllWait = null,
        CancellationToken cancellationToken = default)
    {
        var first = new TaskCompletionSource();
        Task<bool> holding = CommitAsync(service, CaseKey.Create(), _ => first.Task, CancellationToken.None);
        var waiting = new List<Task<bool>>();
        Task<bool>? one = null;
        for (int i = 0; i < Neighbours; i++)
        {
            if (i == Neighbours / 2)
            {
                one = CommitAsync(service, key, changeAsync, cancellationToken);
            }

            waiting.Add(CommitAsync(service, CaseKey.Create(), _ => Task.CompletedTask, CancellationToken.None));
        }

        whenAllWait?.Invoke();
        first.SetResult();
        await holding;
        await Task.WhenAll(waiting);
        return one!;
    }

    // Makes the case first and then does what is asked: of what fails nothing must be left.
    private static Task<bool> CommitAsync(
        TestService service,
        CaseKey key,
        Func<HashMatchDb, Task> changeAsync,
        CancellationToken cancellationToken) =>
        service.Services.GetRequiredService<GroupCommit>().CommitAsync(
            key.Digest(),
            async db =>
            {
                await service.Services.GetRequiredService<CaseTable>().FindOrAddAsync(db, key, AgeGroup.Adult);
                await changeAsync(db);
                return true;
            },
            cancellationToken);

    private static async Task AssertStoredAsync(TestService service, CaseKey key, bool isStored)
    {
        byte[] digest = key.Digest();
        await using HashMatchDb db = await service.OpenAsync();
        Assert.Equal(isStored, await db.Cases.AnyAsync(row => row.KeyDigest == digest));
        Assert.Equal(Neighbours + 1 + (isStored ? 1 : 0), await db.Cases.CountAsync());
    }
}
