using HashMatch.Client;
using HashMatch.Protocol;
using HashMatch.Service.Storage;
using HashMatch.Service.Tests.Hostile;
using HashMatch.Service.Tests.Storage;

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
        await using TestService service = await TestService.StartAsync(
            null,
            null,
            "--Storage:Provider=Postgres",
            "--Storage:ConnectionString="
                + database.Replace($"Port={server.Port}", $"Port={line.Port}", StringComparison.Ordinal)
                + ";SSL Mode=Disable;GSS Encryption Mode=Disable");
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
