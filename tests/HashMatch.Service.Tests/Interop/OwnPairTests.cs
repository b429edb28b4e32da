using Grpc.Core;

namespace HashMatch.Service.Tests.Interop;

/// <summary>Our client and our server.</summary>
public sealed class OwnPairTests(OwnPairTests.Pair pair) : IClassFixture<OwnPairTests.Pair>
{
    public static TheoryData<string> Cases =>
        [.. InteropCases.Plain, InteropCases.ClientCompression, InteropCases.ServerCompression];

    [Theory(Timeout = InteropCases.Patience)]
    [MemberData(nameof(Cases))]
    public Task Call_OfOneCase_EndsAsDescribed(string name) => pair.Client.RunAsync(name);

    [Fact(Timeout = InteropCases.Patience)]
    public async Task Call_TwoValuesOfOneBinaryHeader_IsRefusedByTheOfficialServer()
    {
        RpcException refusal = await Assert.ThrowsAsync<RpcException>(pair.Client.SendTwoBinaryValuesAsync);

        Assert.Equal(StatusCode.Unknown, refusal.StatusCode);
    }

    // Gzip of nothing is no bytes at the official server. Our client takes that for nothing; grpc-js does not.
    [Fact(Timeout = InteropCases.Patience)]
    public async Task EmptyCall_AnswerCompressed_IsUnderstood() =>
        Assert.NotNull(await pair.Client.GetEmptyCompressedAsync());

    public sealed class Pair : IAsyncLifetime
    {
        private InteropServer? _server;

        internal InteropClient Client { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            _server = await InteropServer.StartAsync();
            Client = new InteropClient(_server.Address);
        }

        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            await _server!.DisposeAsync();
        }
    }
}
