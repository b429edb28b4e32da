namespace HashMatch.Service.Tests.Interop;

/// <summary>The client of @grpc/grpc-js and our server.</summary>
public sealed class GrpcJsClientTests(GrpcJsClientTests.Pair pair) : IClassFixture<GrpcJsClientTests.Pair>
{
    public static TheoryData<string> Cases =>
        [.. InteropCases.Plain, InteropCases.ClientCompression, InteropCases.ServerCompression];

    [Theory(Timeout = InteropCases.Patience)]
    [MemberData(nameof(Cases))]
    public Task Call_OfOneCase_EndsAsDescribed(string name) => pair.Client.RunAsync(name);

    // UNKNOWN is what the peer is to see: the official server does not take them apart.
    [Fact(Timeout = InteropCases.Patience)]
    public Task Call_TwoValuesOfOneBinaryHeader_IsRefusedByTheOfficialServer() =>
        pair.Client.RunAsync("two_values_of_one_binary_header");

    // INTERNAL is what the peer is to make of it: gzip of nothing is no bytes at the official server.
    [Fact(Timeout = InteropCases.Patience)]
    public Task EmptyCall_AnswerCompressed_IsNotUnderstood() => pair.Client.RunAsync("empty_compressed_answer");

    public sealed class Pair : IAsyncLifetime
    {
        private InteropServer? _server;
        private PeerProcess? _client;

        // Started by the first test and not with the class: what is missing is then that test's outcome.
        internal PeerProcess Client => _client ??= Peers.StartNode("client.mjs", _server!.Address.Authority);

        public async ValueTask InitializeAsync() => _server = await InteropServer.StartAsync();

        public async ValueTask DisposeAsync()
        {
            await using InteropServer? server = _server;
            await using PeerProcess? client = _client;
        }
    }
}
