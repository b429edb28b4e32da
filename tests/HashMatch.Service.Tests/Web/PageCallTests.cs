using System.Net;
using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Health.V1;
using HashMatch.Protocol;
using HashMatch.Service.Health;
using Microsoft.Extensions.DependencyInjection;
using Status = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace HashMatch.Service.Tests.Web;

public sealed class PageCallTests
{
    private const string Register = "/hashmatch.v1.CaseService/Register";
    private const string GetStatus = "/hashmatch.v1.CaseService/GetStatus";

    [Theory]
    [InlineData(WebCaller.Binary)]
    [InlineData(WebCaller.Text)]
    public async Task Case_RegisteredThroughTheWebPort_IsThere(string type)
    {
        await using TestService service = await TestService.StartAsync();
        using var caller = new WebCaller(service.WebAddress);
        var key = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(16));
        var registration = new RegisterRequest
        {
            CaseKey = key,
            AgeGroup = AgeGroup.Adult,
            Pictures =
            {
                new Picture
                {
                    Fingerprints =
                    {
                        new Fingerprint { Pdq = ByteString.CopyFrom(TestHashes.Make(1).ToByteArray()), Quality = 100 },
                    },
                },
            },
        };

        WebAnswer registered = await caller.CallAsync(Register, registration, type);
        WebAnswer status = await caller.CallAsync(GetStatus, new GetStatusRequest { CaseKey = key }, type);

        Assert.Equal(1u, registered.Message<RegisterResponse>().Receipts.Single().Number);
        Assert.Equal(1u, status.Message<GetStatusResponse>().PictureCount);
        Assert.Equal("0", status.Status);
    }

    [Theory]
    [InlineData(WebCaller.Binary)]
    [InlineData(WebCaller.Text)]
    public async Task Case_KeyMalformed_IsRefusedInTheHeaders(string type)
    {
        await using TestService service = await TestService.StartAsync();
        using var caller = new WebCaller(service.WebAddress);

        WebAnswer refused = await caller.CallAsync(GetStatus, new GetStatusRequest(), type);

        Assert.Equal("3", refused.Status);
        Assert.Equal("The case key must be 16 bytes long.", refused.Trailers["grpc-message"].Single());
        Assert.False(refused.HasTrailerFrame);
    }

    [Fact]
    public async Task Case_WithCredentials_IsRefusedHereToo()
    {
        await using TestService service = await TestService.StartAsync();
        using var caller = new WebCaller(service.WebAddress);
        using HttpRequestMessage request = WebCaller.Request(GetStatus, WebCaller.Frame(new GetStatusRequest()));
        request.Headers.Add("Authorization", "Bearer made-up");

        WebAnswer refused = await caller.CallAsync(request);

        Assert.Equal("3", refused.Status);
        Assert.Contains("anonymous", refused.Trailers["grpc-message"].Single());
    }

    [Theory]
    [InlineData(WebCaller.Binary)]
    [InlineData(WebCaller.Text)]
    public async Task Case_MessageAboveTheLimit_IsRefused(string type)
    {
        await using TestService service = await TestService.StartAsync();
        using var caller = new WebCaller(service.WebAddress);
        var request = new GetStatusRequest { CaseKey = ByteString.CopyFrom(new byte[65 * 1024]) };

        WebAnswer refused = await caller.CallAsync(GetStatus, request, type);

        Assert.Equal("8", refused.Status);
    }

    [Fact]
    public async Task Health_Watched_TellsEachChangeAsItComes()
    {
        await using TestService service = await TestService.StartAsync();
        using var caller = new WebCaller(service.WebAddress);
        using HttpRequestMessage request = WebCaller.Request(
            "/grpc.health.v1.Health/Watch", WebCaller.Frame(new HealthCheckRequest()));
        using HttpResponseMessage response = await caller.SendAsync(request);
        await using Stream body = await response.Content.ReadAsStreamAsync();
        byte[] first = new byte[7];
        byte[] second = new byte[7];

        await body.ReadExactlyAsync(first, TestContext.Current.CancellationToken);
        service.Services.GetRequiredService<ServiceHealth>().StorageWorks = false;
        await body.ReadExactlyAsync(second, TestContext.Current.CancellationToken);

        Assert.Equal([0, 0, 0, 0, 2, 8, (byte)Status.Serving], first);
        Assert.Equal([0, 0, 0, 0, 2, 8, (byte)Status.NotServing], second);
    }

    [Theory]
    [InlineData(WebCaller.Binary)]
    [InlineData(WebCaller.Text)]
    public async Task Matching_ThroughTheWebPort_IsNotReachable(string type)
    {
        await using TestService service = await TestService.StartAsync();
        using var caller = new WebCaller(service.WebAddress);
        string key = await service.AddPlatformAsync();
        using HttpRequestMessage request = WebCaller.Request(
            "/hashmatch.v1.MatchService/Match", WebCaller.Frame(new MatchRequest()), type);
        request.Headers.Add("Authorization", $"Bearer {key}");

        using HttpResponseMessage response = await caller.SendAsync(request);

        Assert.Contains(
            response.StatusCode, new[] { HttpStatusCode.UnsupportedMediaType, HttpStatusCode.UpgradeRequired });
    }
}
