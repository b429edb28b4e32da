using System.Net;
using Grpc.AspNetCore.Web;
using Grpc.Health.V1;
using Microsoft.AspNetCore.Builder;

namespace HashMatch.Service.Tests.Web;

public sealed class GrpcWebSwitchTests
{
    private const string Check = "/grpc.health.v1.Health/Check";

    [Theory]
    [InlineData(false, null, false)]
    [InlineData(false, true, true)]
    [InlineData(false, false, false)]
    [InlineData(true, null, true)]
    [InlineData(true, true, true)]
    [InlineData(true, false, false)]
    public async Task Endpoint_SaysWhetherItAnswers_GoesBeforeTheDefault(bool byDefault, bool? says, bool answers)
    {
        await using TrialServer server = await TrialServer.StartAsync(
            builder => { },
            app =>
            {
                app.UseGrpcWeb(new GrpcWebOptions { DefaultEnabled = byDefault });
                GrpcServiceEndpointConventionBuilder service = app.MapGrpcService<TrialHealth>();
                _ = says switch
                {
                    true => service.EnableGrpcWeb(),
                    false => service.DisableGrpcWeb(),
                    _ => service,
                };
            });

        Assert.Equal(answers, await AnswersAsync(server));
    }

    [Fact]
    public async Task Default_SetNowhere_IsOff()
    {
        await using TrialServer server = await TrialServer.StartAsync(
            builder => { },
            app =>
            {
                app.UseGrpcWeb();
                app.MapGrpcService<TrialHealth>();
            });

        Assert.False(await AnswersAsync(server));
    }

    [Fact]
    public void Attributes_AsMetadata_SayWhatTheirNamesSay()
    {
        IGrpcWebEnabledMetadata on = new EnableGrpcWebAttribute();
        IGrpcWebEnabledMetadata off = new DisableGrpcWebAttribute();

        Assert.True(on.GrpcWebEnabled);
        Assert.False(off.GrpcWebEnabled);
    }

    [Fact]
    public async Task Attribute_OnTheService_SwitchesItOn()
    {
        await using TrialServer server = await TrialServer.StartAsync(
            builder => { },
            app =>
            {
                app.UseGrpcWeb();
                app.MapGrpcService<MarkedHealth>();
            });

        Assert.True(await AnswersAsync(server));
    }

    [Fact]
    public async Task OtherRequests_WhereItIsOn_PassUntouched()
    {
        await using TrialServer server = await TrialServer.StartAsync(
            builder => { },
            app =>
            {
                app.UseGrpcWeb(new GrpcWebOptions { DefaultEnabled = true });
                app.MapGrpcService<TrialHealth>();
                app.MapPost("/plain", (Microsoft.AspNetCore.Http.HttpContext context) => context.Request.Protocol);
            });
        using HttpRequestMessage plain = WebCaller.Raw("/plain", new StringContent("x"), "text/plain");
        using HttpRequestMessage grpc = WebCaller.Raw(Check, new ByteArrayContent(new byte[5]), "application/grpc");
        using HttpRequestMessage unknown = WebCaller.Request("/nowhere", [0, 0, 0, 0, 0]);

        using HttpResponseMessage plainAnswer = await server.Caller.SendAsync(plain);
        using HttpResponseMessage grpcAnswer = await server.Caller.SendAsync(grpc);
        using HttpResponseMessage unknownAnswer = await server.Caller.SendAsync(unknown);

        Assert.Equal("HTTP/1.1", await plainAnswer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.UpgradeRequired, grpcAnswer.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, unknownAnswer.StatusCode);
    }

    private static async Task<bool> AnswersAsync(TrialServer server)
    {
        using HttpRequestMessage request = WebCaller.Request(Check, WebCaller.Frame(new HealthCheckRequest()));
        using HttpResponseMessage response = await server.Caller.SendAsync(request);
        bool isRefused = response.StatusCode is HttpStatusCode.UnsupportedMediaType or HttpStatusCode.UpgradeRequired;
        Assert.Equal(isRefused, response.StatusCode != HttpStatusCode.OK);
        return !isRefused && (await WebAnswer.ReadAsync(response)).Status == "0";
    }

    [EnableGrpcWeb]
    private sealed class MarkedHealth : Grpc.Health.V1.Health.HealthBase
    {
        public override Task<HealthCheckResponse> Check(
            HealthCheckRequest request, Grpc.Core.ServerCallContext context) =>
            Task.FromResult(new HealthCheckResponse());
    }
}
