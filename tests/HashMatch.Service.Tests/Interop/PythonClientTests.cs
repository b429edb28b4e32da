namespace HashMatch.Service.Tests.Interop;

/// <summary>The client of Python's grpcio, which is gRPC's C++ core, and our server.</summary>
public sealed class PythonClientTests(PythonClientTests.Pair pair) : IClassFixture<PythonClientTests.Pair>
{
    // Not the server's compression: nothing in Python tells whether an answer came compressed.
    public static TheoryData<string> Cases => [.. InteropCases.Plain, InteropCases.ClientCompression];

    [Theory(Timeout = InteropCases.Patience)]
    [MemberData(nameof(Cases))]
    public Task Call_OfOneCase_EndsAsDescribed(string name) => pair.Client.RunAsync(name);

    [Fact(Timeout = InteropCases.Patience)]
    public Task Call_TwoValuesOfOneBinaryHeader_IsRefusedByTheOfficialServer() =>
        pair.Client.RunAsync("two_values_of_one_binary_header");

    [Fact(Timeout = InteropCases.Patience)]
    public Task EmptyCall_AnswerCompressed_IsUnderstood() => pair.Client.RunAsync("empty_compressed_answer");

    public sealed class Pair : IAsyncLifetime
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hashmatch-interop-");
        private InteropServer? _server;
        private PeerProcess? _client;

        // Started by the first test and not with the class: what is missing is then that test's outcome.
        internal PeerProcess Client => _client ??= Peers.StartPython(_server!.Address, _folder.FullName);

        public async ValueTask InitializeAsync() => _server = await InteropServer.StartAsync();

        public async ValueTask DisposeAsync()
        {
            await using InteropServer? server = _server;
            await using (PeerProcess? client = _client)
            {
            }

            _folder.Delete(recursive: true);
        }
    }
}
