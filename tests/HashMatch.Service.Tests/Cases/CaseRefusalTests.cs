using Fingerprint = HashMatch.Protocol.Fingerprint;
using Google.Protobuf;
using Grpc.Core;
using HashMatch.Matching;
using HashMatch.Protocol;
using HashMatch.Service.Tests.Storage;

namespace HashMatch.Service.Tests.Cases;

[Trait("Category", TestDatabase.Category)]
public sealed class CaseRefusalTests
{
    private static readonly ByteString Key = ByteString.CopyFrom(CaseKey.Create().ToByteArray());

    public static TheoryData<string> MalformedRequests => new(Malformed.Keys);

    private static Dictionary<string, RegisterRequest> Malformed => new()
    {
        ["no key"] = new() { AgeGroup = AgeGroup.Adult, Pictures = { Picture(TestHashes.Make(1)) } },
        ["key of 15 bytes"] = new()
        {
            CaseKey = ByteString.CopyFrom(new byte[15]),
            AgeGroup = AgeGroup.Adult,
            Pictures = { Picture(TestHashes.Make(1)) },
        },
        ["no age group"] = new() { CaseKey = Key, Pictures = { Picture(TestHashes.Make(1)) } },
        ["unknown age group"] = new()
        {
            CaseKey = Key,
            AgeGroup = (AgeGroup)7,
            Pictures = { Picture(TestHashes.Make(1)) },
        },
        ["no pictures"] = new() { CaseKey = Key, AgeGroup = AgeGroup.Adult },
        ["picture without fingerprints"] = new()
        {
            CaseKey = Key,
            AgeGroup = AgeGroup.Adult,
            Pictures = { new Picture() },
        },
        ["picture of 33 fingerprints"] = new()
        {
            CaseKey = Key,
            AgeGroup = AgeGroup.Adult,
            Pictures =
            {
                new Picture { Fingerprints = { Enumerable.Range(0, 33).Select(i => Print(TestHashes.Make(i))) } },
            },
        },
        ["hash of 31 bytes"] = new()
        {
            CaseKey = Key,
            AgeGroup = AgeGroup.Adult,
            Pictures =
            {
                new Picture
                {
                    Fingerprints = { new Fingerprint { Pdq = ByteString.CopyFrom(new byte[31]), Quality = 100 } },
                },
            },
        },
        ["quality of 101"] = new()
        {
            CaseKey = Key,
            AgeGroup = AgeGroup.Adult,
            Pictures = { new Picture { Fingerprints = { Print(TestHashes.Make(1), 101) } } },
        },
        ["1,001 pictures"] = new()
        {
            CaseKey = Key,
            AgeGroup = AgeGroup.Adult,
            Pictures = { Enumerable.Range(0, 1_001).Select(i => Picture(TestHashes.Make(i))) },
        },
    };

    [Theory]
    [MemberData(nameof(MalformedRequests))]
    public async Task Register_MalformedRequest_IsRefusedAndStoresNothing(string name)
    {
        await using TestService service = await TestService.StartAsync();

        RpcException refusal = await Assert.ThrowsAsync<RpcException>(
            async () => await service.Cases.RegisterAsync(Malformed[name]));
        RpcException status = await Assert.ThrowsAsync<RpcException>(
            async () => await service.Cases.GetStatusAsync(new GetStatusRequest { CaseKey = Key }));

        Assert.Equal(StatusCode.InvalidArgument, refusal.StatusCode);
        Assert.NotEmpty(refusal.Status.Detail);
        Assert.Equal(StatusCode.NotFound, status.StatusCode);
    }

    [Fact]
    public async Task Register_SomePicturesUnfit_RefusesThoseAndTakesTheOthers()
    {
        await using TestService service = await TestService.StartAsync();
        var request = new RegisterRequest
        {
            CaseKey = Key,
            AgeGroup = AgeGroup.Adult,
            Pictures =
            {
                Picture(default),
                new Picture { Fingerprints = { Print(TestHashes.Make(1), 49) } },
                Picture(TestHashes.Make(2)),
                Picture(new Hash256(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, 0)),
            },
        };

        RegisterResponse response = await service.Cases.RegisterAsync(request);

        Assert.Equal(
            [
                (0u, PictureRefusal.NotAPicture),
                (0u, PictureRefusal.LowQuality),
                (1u, PictureRefusal.Unspecified),
                (0u, PictureRefusal.NotAPicture),
            ],
            response.Receipts.Select(receipt => (receipt.Number, receipt.Refusal)));
    }

    [Fact]
    public async Task AnyCall_UnknownKey_SaysThatThereIsNoCase()
    {
        await using TestService service = await TestService.StartAsync();
        var add = new AddRequest { CaseKey = Key, Pictures = { Picture(TestHashes.Make(1)) } };
        var withdraw = new WithdrawRequest { CaseKey = Key, WholeCase = true };

        RpcException[] refusals =
        [
            await Assert.ThrowsAsync<RpcException>(async () => await service.Cases.AddAsync(add)),
            await Assert.ThrowsAsync<RpcException>(async () => await service.Cases.WithdrawAsync(withdraw)),
            await Assert.ThrowsAsync<RpcException>(
                async () => await service.Cases.GetStatusAsync(new GetStatusRequest { CaseKey = Key })),
        ];

        Assert.All(refusals, refusal => Assert.Equal(StatusCode.NotFound, refusal.StatusCode));
    }

    [Fact]
    public async Task Withdraw_ScopeUnclearOrUnknownPicture_WithdrawsNothing()
    {
        await using TestService service = await TestService.StartAsync();
        var key = CaseKey.Create();
        var bytes = ByteString.CopyFrom(key.ToByteArray());
        await service.CaseClient.RegisterAsync(key, TestHashes.Make(1));

        (WithdrawRequest Request, StatusCode Code)[] requests =
        [
            (new WithdrawRequest { CaseKey = bytes }, StatusCode.InvalidArgument),
            (new WithdrawRequest { CaseKey = bytes, WholeCase = true, PictureNumber = 1 }, StatusCode.InvalidArgument),
            (new WithdrawRequest { CaseKey = bytes, PictureNumber = 2 }, StatusCode.NotFound),
            (new WithdrawRequest { CaseKey = bytes, PictureNumber = uint.MaxValue }, StatusCode.NotFound),
        ];
        foreach ((WithdrawRequest request, StatusCode code) in requests)
        {
            RpcException refusal = await Assert.ThrowsAsync<RpcException>(
                async () => await service.Cases.WithdrawAsync(request));
            Assert.Equal(code, refusal.StatusCode);
        }

        GetStatusResponse status = await service.CaseClient.GetStatusAsync(key, TestContext.Current.CancellationToken);
        Assert.Equal(1u, status.PictureCount);
    }

    [Fact]
    public async Task AnyCall_WithCredentials_IsRefused()
    {
        await using TestService service = await TestService.StartAsync();
        var headers = new Metadata { { "authorization", "Bearer " + await service.AddPlatformAsync() } };

        RpcException refusal = await Assert.ThrowsAsync<RpcException>(
            async () => await service.Cases.GetStatusAsync(new GetStatusRequest { CaseKey = Key }, headers));

        Assert.Equal(StatusCode.InvalidArgument, refusal.StatusCode);
    }

    [Fact]
    public async Task Register_MessageOver64KiB_IsRefused()
    {
        await using TestService service = await TestService.StartAsync();
        var request = new RegisterRequest
        {
            CaseKey = Key,
            AgeGroup = AgeGroup.Adult,
            Pictures = { Enumerable.Range(0, 2_000).Select(i => Picture(TestHashes.Make(i))) },
        };

        RpcException refusal = await Assert.ThrowsAsync<RpcException>(
            async () => await service.Cases.RegisterAsync(request));

        Assert.Equal(StatusCode.ResourceExhausted, refusal.StatusCode);
    }

    private static Picture Picture(Hash256 hash) => new() { Fingerprints = { Print(hash) } };

    private static Fingerprint Print(Hash256 hash, uint quality = 100) =>
        new() { Pdq = ByteString.CopyFrom(hash.ToByteArray()), Quality = quality };
}
