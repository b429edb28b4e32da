using HashMatch.Client;
using HashMatch.Protocol;
using HashMatch.Service.Cases;
using HashMatch.Service.Storage;
using HashMatch.Service.Tests.Hostile;
using HashMatch.Service.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HashMatch.Service.Tests.Registry;

/// <summary>The connection to PostgreSQL cut exactly at a commit, whose outcome is then not known.</summary>
public sealed class CommitCutTests
{
    [Fact]
    public async Task Commits_CutBeforeAndAfter_AreNeitherLostNorDoubled()
    {
        PostgresServers.RequireInstalled();
        int rounds = HostilePeers.IsLong ? 200 : 40;
        PostgresServer server = await PostgresServer.Shared;
        string database = await server.CreateDatabaseAsync("cut_at_commit");
        await using var line = new CommitCutter(server.Port);
        await using TestService service = await StartAsync(database, server.Port, line.Port);
        List<CaseModel> models = [];

        for (int round = 0; round < rounds; round++)
        {
            // Of its own each time: after some failures in a row a client does not repeat calls for a while.
            using var client = new CaseClient(service.GrpcAddress);
            models.Add(new CaseModel());
            Arm(line, round);
            await AssertRegisteredAsync(client, models[^1], round);
            if (round % 4 == 3)
            {
                CaseModel leaving = models[^2];
                Arm(line, round / 4);
                await client.WithdrawAsync(leaving.Key, TestContext.Current.CancellationToken);
                leaving.Withdraw();
            }
        }

        Assert.InRange(line.Cuts, rounds / 2, 2 * rounds);
        await Task.Delay(1_100, TestContext.Current.CancellationToken);
        await RegistryContents.AssertEqualAsync([service], models);
        await using HashMatchDb direct = PostgresServers.Open(database);
        await RegistryContents.AssertListAsync(direct, [.. models.SelectMany(model => model.Held.Keys)]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Commit_CutWithSeveralChangesInIt_RepeatsNone(bool isStored)
    {
        PostgresServers.RequireInstalled();
        PostgresServer server = await PostgresServer.Shared;
        string database = await server.CreateDatabaseAsync($"cut_once_{isStored}".ToLowerInvariant());
        await using var line = new CommitCutter(server.Port);
        await using TestService service = await StartAsync(database, server.Port, line.Port);
        GroupCommit commits = service.Services.GetRequiredService<GroupCommit>();
        CaseTable cases = service.Services.GetRequiredService<CaseTable>();
        var first = new TaskCompletionSource();
        const int Changes = 5;
        int made = 0;

        // The first keeps the others waiting until they are there; then they are committed together.
        Task<bool> holding = commits.CommitAsync([0], _ => HoldAsync(), CancellationToken.None);
        Task<bool>[] waiting =
        [
            .. Enumerable.Range(0, Changes).Select(_ => CaseKey.Create()).Select(
                key => commits.CommitAsync(key.Digest(), db => MakeAsync(db, key), CancellationToken.None)),
        ];
        first.SetResult();
        await holding;

        foreach (Task<bool> one in waiting)
        {
            Exception failure = await Assert.ThrowsAnyAsync<Exception>(() => one);
            Assert.True(StorageFailure.Is(failure));
        }

        Assert.Equal(Changes, made);
        await using HashMatchDb direct = PostgresServers.Open(database);
        int stored = await direct.Cases.CountAsync(TestContext.Current.CancellationToken);
        Assert.Equal(isStored ? Changes : 0, stored);

        async Task<bool> HoldAsync()
        {
            await first.Task;
            return true;
        }

        async Task<bool> MakeAsync(HashMatchDb db, CaseKey key)
        {
            await cases.FindOrAddAsync(db, key, AgeGroup.Adult);
            if (++made == Changes)
            {
                Arm(line, isStored ? 1 : 0);
            }

            return true;
        }
    }

    private static Task<TestService> StartAsync(string database, int port, int linePort) => TestService.StartAsync(
        null,
        null,
        "--Storage:Provider=Postgres",
        "--Storage:ConnectionString="
            + database.Replace($"Port={port}", $"Port={linePort}", StringComparison.Ordinal)
            + ";SSL Mode=Disable;GSS Encryption Mode=Disable");

    private static void Arm(CommitCutter line, int round)
    {
        if (round % 2 == 0)
        {
            line.CutBeforeCommit();
        }
        else
        {
            line.CutAfterCommit();
        }
    }

    // Two hashes of its own and one that many hold.
    private static async Task AssertRegisteredAsync(CaseClient client, CaseModel model, int round)
    {
        HashMatch.Matching.Hash256[] hashes =
            [TestHashes.Make(2 * round), TestHashes.Make((2 * round) + 1), TestHashes.Make(1_000_000)];
        List<PictureReceipt> receipts = await client.RegisterAsync(model.Key, hashes);
        Assert.Equal(model.Register(hashes), receipts.Select(receipt => receipt.Number));
    }
}
