using Grpc.Core;
using Grpc.Health.V1;
using HashMatch.Service.Health;
using Microsoft.Extensions.DependencyInjection;

namespace HashMatch.Service.Tests;

public sealed class HealthTests
{
    [Theory]
    [InlineData("")]
    [InlineData("hashmatch.v1.CaseService")]
    [InlineData("hashmatch.v1.MatchService")]
    public async Task Check_ServedService_IsServing(string name)
    {
        await using TestService service = await TestService.StartAsync();
        var client = new Grpc.Health.V1.Health.HealthClient(service.Channel);

        HealthCheckResponse answer = await client.CheckAsync(new HealthCheckRequest { Service = name });

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, answer.Status);
    }

    [Fact]
    public async Task Check_UnknownService_IsNotFound()
    {
        await using TestService service = await TestService.StartAsync();
        var client = new Grpc.Health.V1.Health.HealthClient(service.Channel);

        RpcException refusal = await Assert.ThrowsAsync<RpcException>(
            async () => await client.CheckAsync(new HealthCheckRequest { Service = "nobody" }));

        Assert.Equal(StatusCode.NotFound, refusal.StatusCode);
    }

    [Fact]
    public async Task Watch_StorageFailsAndRecovers_TellsEachChange()
    {
        await using TestService service = await TestService.StartAsync();
        var client = new Grpc.Health.V1.Health.HealthClient(service.Channel);
        ServiceHealth health = service.Services.GetRequiredService<ServiceHealth>();
        using AsyncServerStreamingCall<HealthCheckResponse> call = client.Watch(new HealthCheckRequest());
        await call.ResponseStream.MoveNext(default);
        HealthCheckResponse.Types.ServingStatus first = call.ResponseStream.Current.Status;

        // The sequencer finds out within a second that storage works after all; it may do so before Watch has looked.
        HealthCheckResponse.Types.ServingStatus second;
        do
        {
            health.StorageWorks = false;
            await call.ResponseStream.MoveNext(default);
            second = call.ResponseStream.Current.Status;
        }
        while (second == HealthCheckResponse.Types.ServingStatus.Serving);

        await call.ResponseStream.MoveNext(default);
        HealthCheckResponse.Types.ServingStatus third = call.ResponseStream.Current.Status;

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, first);
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.NotServing, second);
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, third);
    }

    [Fact]
    public async Task Healthz_OverPlainHttp_AnswersByState()
    {
        await using TestService service = await TestService.StartAsync();
        using var http = new HttpClient { BaseAddress = service.WebAddress };

        Assert.Equal("healthy\n", await http.GetStringAsync("/healthz"));

        System.Net.HttpStatusCode failing;
        do
        {
            service.Services.GetRequiredService<ServiceHealth>().StorageWorks = false;
            using HttpResponseMessage answer = await http.GetAsync(new Uri("/healthz", UriKind.Relative));
            failing = answer.StatusCode;
        }
        while (failing == System.Net.HttpStatusCode.OK);

        Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, failing);
    }
}
