using Google.Protobuf;
using Grpc.Core;
using HashMatch.Protocol;
using HashMatch.Service.Health;
using Microsoft.Extensions.DependencyInjection;

namespace HashMatch.Service.Tests.Storage;

/// <summary>What callers and watchers are told while the database does not do what it should.</summary>
public sealed class FailingStorageTests
{
    // Stands for a full disk: reads work, and no write does.
    private const string RefuseCases =
        "CREATE TRIGGER full BEFORE INSERT ON cases BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END";

    [Fact]
    public async Task Match_KeysCannotBeRead_IsUnavailable()
    {
        await using TestService service = await TestService.StartAsync();
        var headers = new Metadata { { "authorization", "Bearer " + await service.AddPlatformAsync() } };
        await service.AlterAsync("ALTER TABLE platform_keys RENAME TO lost");

        RpcException refusal = await Assert.ThrowsAsync<RpcException>(
            async () => await service.Matches.MatchAsync(
                new MatchRequest { Hashes = { ByteString.CopyFrom(TestHashes.Make(1).ToByteArray()) } }, headers));

        Assert.Equal(StatusCode.Unavailable, refusal.StatusCode);
    }

    [Fact]
    public async Task Register_StorageTakesNoWrite_IsUnavailableAndTurnsHealth()
    {
        await using TestService service = await TestService.StartAsync();
        ServiceHealth health = service.Services.GetRequiredService<ServiceHealth>();
        Task changed = health.Observe().Changed;
        await service.AlterAsync(RefuseCases);

        RpcException refusal = await Assert.ThrowsAsync<RpcException>(
            () => service.CaseClient.RegisterAsync(CaseKey.Create(), TestHashes.Make(1)));

        Assert.Equal(StatusCode.Unavailable, refusal.StatusCode);
        Assert.True(changed.IsCompleted);
    }

    [Fact]
    public async Task Health_AfterAFailure_ComesBackWithTheNextWriteThatWorks()
    {
        await using TestService service = await TestService.StartAsync();
        ServiceHealth health = service.Services.GetRequiredService<ServiceHealth>();

        health.StorageWorks = false;
        await health.Observe().Changed.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        Assert.True(health.StorageWorks);
    }

    [Fact]
    public async Task Start_KeyFileDamaged_IsRefused()
    {
        string folder = TestService.NewFolder();
        string keys = Path.Combine(folder, "keys");
        Directory.CreateDirectory(keys);
        await File.WriteAllTextAsync(Path.Combine(keys, "entry-ids.key"), "x", TestContext.Current.CancellationToken);

        InvalidOperationException refusal = await Assert.ThrowsAsync<InvalidOperationException>(
            () => TestService.StartAsync(folder));

        Assert.Contains("damaged", refusal.Message, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }
}
