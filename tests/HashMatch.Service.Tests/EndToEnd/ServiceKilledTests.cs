using Grpc.Core;
using HashMatch.Client;
using HashMatch.Protocol;

namespace HashMatch.Service.Tests.EndToEnd;

public sealed class ServiceKilledTests : IDisposable
{
    private readonly string _folder = TestService.NewFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Register_ServiceKilledInTheMiddle_LosesNothingAcknowledgedAndIsGoneOnWithByARetry()
    {
        var key = CaseKey.Create();
        List<IReadOnlyList<Hashing.Fingerprint>> pictures =
            TestHashes.Pictures(Enumerable.Range(0, CaseClient.MaxPicturesPerCase).Select(TestHashes.Make));
        List<uint> acknowledged = [];

        await using (RunningService service = await RunningService.StartAsync(_folder))
        {
            using var client = new CaseClient(new Uri(service.GrpcAddress));
            await Assert.ThrowsAsync<RpcException>(async () =>
            {
                await foreach (PictureReceipt receipt in client.RegisterAsync(key, AgeGroup.Adult, pictures))
                {
                    acknowledged.Add(receipt.Number);
                    if (acknowledged.Count == 300)
                    {
                        await service.KillAsync();
                    }
                }
            });
        }

        await using RunningService again = await RunningService.StartAsync(_folder);
        using var retry = new CaseClient(new Uri(again.GrpcAddress));
        GetStatusResponse kept = await retry.GetStatusAsync(key);
        List<PictureReceipt> receipts = await retry.RegisterAsync(key, AgeGroup.Adult, pictures).ToListAsync();
        GetStatusResponse whole = await retry.GetStatusAsync(key);

        Assert.InRange(acknowledged.Count, 300, pictures.Count - 1);
        Assert.True(kept.PictureCount >= acknowledged.Count);
        Assert.Equal(acknowledged, receipts.Take(acknowledged.Count).Select(receipt => receipt.Number));
        Assert.Equal(Enumerable.Range(1, pictures.Count), receipts.Select(receipt => (int)receipt.Number));
        Assert.Equal((uint)pictures.Count, whole.PictureCount);
    }
}
