using System.Diagnostics;

namespace HashMatch.Service.Tests.Interop;

/// <summary>The real service, called as an engineer does by hand: "buf curl" with the checked-in protos.</summary>
public sealed class BufCurlTests
{
    [Fact(Timeout = 60_000)]
    public async Task HealthCheck_OverHttp2WithoutTls_IsServing()
    {
        await using TestService service = await TestService.StartAsync();

        (int code, string output, string errors) = await CurlAsync(service, "grpc.health.v1.Health/Check", "{}");

        Assert.Equal((0, ""), (code, errors));
        Assert.Equal("{\"status\":\"SERVING\"}", output.ReplaceLineEndings("").Replace(" ", ""));
    }

    // Exit codes are gRPC's status times 8.
    [Fact(Timeout = 60_000)]
    public async Task Register_KeyOfWrongSize_IsRefusedWithASentence()
    {
        await using TestService service = await TestService.StartAsync();

        (int code, _, string errors) = await CurlAsync(
            service, "hashmatch.v1.CaseService/Register", """{"case_key":"AAAA","age_group":"AGE_GROUP_ADULT"}""");

        Assert.Equal(3 * 8, code);
        Assert.Matches("\"code\": *\"invalid_argument\"", errors);
        Assert.Matches("\"message\": *\"[A-Z][^\"]{20,}[.]\"", errors);
        Assert.DoesNotContain("AAAA", errors);
    }

    [Fact(Timeout = 60_000)]
    public async Task Match_WithoutKey_IsUnauthenticated()
    {
        await using TestService service = await TestService.StartAsync();

        (int code, _, string errors) = await CurlAsync(service, "hashmatch.v1.MatchService/Match", "{}");

        Assert.Equal(16 * 8, code);
        Assert.Matches("\"code\": *\"unauthenticated\"", errors);
    }

    private static async Task<(int Code, string Output, string Errors)> CurlAsync(
        TestService service, string method, string request)
    {
        var start = new ProcessStartInfo(
            Peers.NodeCommand("buf"),
            [
                "curl", "--protocol", "grpc", "--http2-prior-knowledge", "--schema", Peers.Protos, "--data", request,
                $"{service.GrpcAddress}{method}",
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // Its cache goes where the service's data are, and with them.
        start.Environment["XDG_CACHE_HOME"] = service.Folder;
        using Process buf = Process.Start(start)!;
        Task<string> output = buf.StandardOutput.ReadToEndAsync();
        Task<string> errors = buf.StandardError.ReadToEndAsync();
        await buf.WaitForExitAsync();
        return (buf.ExitCode, await output, await errors);
    }
}
