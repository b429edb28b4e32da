using System.Text.Json;
using Grpc.Core;

namespace HashMatch.Service.Tests.Interop;

/// <summary>Our client and the server of @grpc/grpc-js.</summary>
public sealed class GrpcJsServerTests(GrpcJsServerTests.Pair pair) : IClassFixture<GrpcJsServerTests.Pair>
{
    public static TheoryData<string> Cases => [.. InteropCases.Plain, InteropCases.ClientCompression];

    [Theory(Timeout = InteropCases.Patience)]
    [MemberData(nameof(Cases))]
    public async Task Call_OfOneCase_EndsAsDescribed(string name) => await (await pair.ClientAsync()).RunAsync(name);

    // The server of grpc-js cannot compress; its answers are whole all the same.
    [Fact(Timeout = InteropCases.Patience)]
    public async Task UnaryCall_CompressedAnswerAskedFor_ComesUncompressed() =>
        await (await pair.ClientAsync()).ServerCompressionAsync(serverCompresses: false);

    [Fact(Timeout = InteropCases.Patience)]
    public async Task Call_TwoValuesOfOneBinaryHeader_ComeBack()
    {
        InteropClient client = await pair.ClientAsync();

        Metadata trailers = await client.SendTwoBinaryValuesAsync();

        Assert.Equal(
            [new byte[] { 1, 2, 3 }, [4, 5, 6, 7]],
            trailers.GetAll(InteropCases.TrailingHeader).Select(entry => entry.ValueBytes));
    }

    public sealed class Pair : IAsyncDisposable
    {
        private PeerProcess? _server;
        private InteropClient? _client;

        // Started by the first test and not with the class: what is missing is then that test's outcome.
        internal async Task<InteropClient> ClientAsync()
        {
            if (_client is null)
            {
                _server = Peers.StartNode("server.mjs");
                JsonElement first = await _server.ReadAsync();
                int port = first.GetProperty("port").GetInt32();
                _client = new InteropClient(new UriBuilder("http", "127.0.0.1", port).Uri);
            }

            return _client;
        }

        public async ValueTask DisposeAsync()
        {
            _client?.Dispose();
            await using PeerProcess? server = _server;
        }
    }
}
