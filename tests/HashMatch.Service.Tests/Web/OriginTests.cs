using System.Net;
using Grpc.Health.V1;
using Microsoft.Extensions.Options;

namespace HashMatch.Service.Tests.Web;

public sealed class OriginTests
{
    private const string Check = "/grpc.health.v1.Health/Check";
    private const string Match = "/hashmatch.v1.MatchService/Match";
    private const string Page = "https://page.example";

    [Fact]
    public async Task Call_OfAnAllowedOrigin_MayBeReadWithItsStatus()
    {
        await using TestService service = await StartAsync(Page, "http://127.0.0.1:8080");
        using var caller = new WebCaller(service.WebAddress);
        using HttpRequestMessage request = WebCaller.Request(Check, WebCaller.Frame(new HealthCheckRequest()));
        request.Headers.Add("Origin", Page);

        using HttpResponseMessage response = await caller.SendAsync(request);

        Assert.Equal([Page], Values(response, "Access-Control-Allow-Origin"));
        Assert.Equal(
            ["grpc-encoding", "grpc-message", "grpc-retry-pushback-ms", "grpc-status"],
            Values(response, "Access-Control-Expose-Headers").Order());
        Assert.Contains("Origin", Values(response, "Vary"));
        Assert.Empty(Values(response, "Access-Control-Allow-Credentials"));
    }

    [Theory]
    [InlineData(new string[0], Page)]
    [InlineData(new[] { Page }, "https://page.example:8443")]
    [InlineData(new[] { Page }, "http://page.example")]
    [InlineData(new[] { Page }, "https://page.example.evil.example")]
    [InlineData(new[] { Page }, "null")]
    public async Task Call_OfAnyOtherOrigin_MayNotBeRead(string[] allowed, string origin)
    {
        await using TestService service = await StartAsync(allowed);
        using var caller = new WebCaller(service.WebAddress);
        using HttpRequestMessage request = WebCaller.Request(Check, WebCaller.Frame(new HealthCheckRequest()));
        request.Headers.Add("Origin", origin);
        using HttpRequestMessage preflight = Preflight(Check, origin, "content-type,x-grpc-web");

        using HttpResponseMessage response = await caller.SendAsync(request);
        using HttpResponseMessage asked = await caller.SendAsync(preflight);

        Assert.Empty(Values(response, "Access-Control-Allow-Origin"));
        Assert.Empty(Values(asked, "Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Preflight_OfAnAllowedOrigin_AllowsWhatClientsSend()
    {
        await using TestService service = await StartAsync(Page);
        using var caller = new WebCaller(service.WebAddress);
        using HttpRequestMessage preflight = Preflight(
            Check, Page, "content-type,grpc-timeout,x-grpc-web,x-user-agent");

        using HttpResponseMessage response = await caller.SendAsync(preflight);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal([Page], Values(response, "Access-Control-Allow-Origin"));
        Assert.Equal(["POST"], Values(response, "Access-Control-Allow-Methods"));
        IEnumerable<string> headers = Values(response, "Access-Control-Allow-Headers");
        Assert.Superset(
            new HashSet<string> { "content-type", "grpc-timeout", "x-grpc-web", "x-user-agent" }, headers.ToHashSet());
        Assert.DoesNotContain("authorization", headers);
        Assert.Equal(["3600"], Values(response, "Access-Control-Max-Age"));
    }

    [Theory]
    [InlineData(Match)]
    [InlineData("/grpc.reflection.v1.ServerReflection/ServerReflectionInfo")]
    [InlineData("/healthz")]
    public async Task Preflight_ForWhatIsNotForPages_AllowsNothing(string path)
    {
        await using TestService service = await TestService.StartAsync(
            settings: [$"--Web:AllowedOrigins:0={Page}", "--environment=Development"]);
        using var caller = new WebCaller(service.WebAddress);
        using HttpRequestMessage preflight = Preflight(path, Page, "content-type");

        using HttpResponseMessage response = await caller.SendAsync(preflight);

        Assert.Empty(Values(response, "Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("*")]
    [InlineData("page.example")]
    [InlineData("https://page.example/")]
    [InlineData("https://Page.example")]
    [InlineData("https://page.example:443")]
    [InlineData("ftp://page.example")]
    [InlineData("null")]
    [InlineData(" ")]
    public async Task Option_ThatIsNoOrigin_StopsTheStart(string origin)
    {
        OptionsValidationException refusal = await Assert.ThrowsAsync<OptionsValidationException>(
            async () => await StartAsync(Page, origin));

        Assert.Contains("AllowedOrigins", refusal.Message);
    }

    private static Task<TestService> StartAsync(params string[] allowed) => TestService.StartAsync(
        settings: [.. allowed.Select((origin, index) => $"--Web:AllowedOrigins:{index}={origin}")]);

    private static HttpRequestMessage Preflight(string path, string origin, string headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Options, path);
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", headers);
        return request;
    }

    private static IEnumerable<string> Values(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out IEnumerable<string>? values)
            ? values.SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries))
            : [];
}
