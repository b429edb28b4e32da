using System.Diagnostics;

namespace HashMatch.Service.Tests.Interop;

/// <summary>
/// The real service, called as an engineer does by hand: "buf curl", with the checked-in protos or without.
/// </summary>
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

    [Fact(Timeout = 60_000)]
    public async Task ListServices_WithoutProtoFiles_NamesWhatIsServed()
    {
        await using TestService service = await StartDevelopmentAsync();

        (int code, string output, string errors) = await BufAsync(service, "", "--list-services");

        Assert.Equal((0, ""), (code, errors));
        Assert.Equal(
            [
                "grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection", "hashmatch.v1.CaseService",
                "hashmatch.v1.FeedService", "hashmatch.v1.MatchService", "hashmatch.v1.OutcomeService",
            ],
            output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact(Timeout = 60_000)]
    public async Task HealthCheck_WithoutProtoFiles_IsServing()
    {
        await using TestService service = await StartDevelopmentAsync();

        (int code, string output, string errors) = await BufAsync(
            service, "grpc.health.v1.Health/Check", "--data", "{}");

        Assert.Equal((0, ""), (code, errors));
        Assert.Equal("{\"status\":\"SERVING\"}", output.ReplaceLineEndings("").Replace(" ", ""));
    }

    [Fact(Timeout = 60_000)]
    public async Task Match_WithoutProtoFiles_IsAnswered()
    {
        await using TestService service = await StartDevelopmentAsync();
        string header = Path.Combine(service.Folder, "header.txt");
        await File.WriteAllTextAsync(
            header,
            $"authorization: Bearer {await service.AddPlatformAsync()}\n",
            TestContext.Current.CancellationToken);
        string hash = Convert.ToBase64String([.. Enumerable.Repeat((byte)0x5A, 32)]);

        (int code, string output, string errors) = await BufAsync(
            service,
            "hashmatch.v1.MatchService/Match",
            "--header",
            "@" + header,
            "--data",
            $$"""{"hashes":["{{hash}}"],"max_distance":31}""");

        Assert.Equal((0, ""), (code, errors));
        Assert.Equal("{\"results\":[{}]}", output.ReplaceLineEndings("").Replace(" ", ""));
    }

    private static Task<TestService> StartDevelopmentAsync() =>
        TestService.StartAsync(settings: "--environment=Development");

    private static Task<(int Code, string Output, string Errors)> CurlAsync(
        TestService service, string method, string request) =>
        BufAsync(service, method, "--schema", Peers.Protos, "--data", request);

    private static async Task<(int Code, string Output, string Errors)> BufAsync(
        TestService service, string method, params string[] arguments)
    {
        var start = new ProcessStartInfo(
            Peers.NodeCommand("buf"),
            ["curl", "--protocol", "grpc", "--http2-prior-knowledge", .. arguments, $"{service.GrpcAddress}{method}"])
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
