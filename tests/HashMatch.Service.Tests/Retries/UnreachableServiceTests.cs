using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace HashMatch.Service.Tests.Retries;

public sealed class UnreachableServiceTests
{
    [Theory]
    [InlineData("check", "-")]
    [InlineData("status")]
    public async Task Command_NobodyListens_SaysSoWithinSeconds(params string[] command)
    {
        using var unused = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        unused.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        string address = $"http://{unused.LocalEndPoint}";
        var environment = new Dictionary<string, string>
        {
            ["HASHMATCH_API_KEY"] = "hm_trial",
            ["HASHMATCH_CASE_KEY"] = Protocol.CaseKey.Create().ToText(),
        };

        var elapsed = Stopwatch.StartNew();
        (int code, string output, string errors) = await TestProcess.RunAsync(
            "HashMatch.Cli", [.. command, "--server", address], environment, input: TestHashes.Make(1).ToHex());

        Assert.Equal(4, code);
        Assert.Empty(output);
        Assert.Equal(
            $"The service at {address} cannot be reached. Check the address and your connection, then try again.",
            errors.TrimEnd());
        Assert.True(elapsed.Elapsed < TimeSpan.FromSeconds(20));
    }
}
