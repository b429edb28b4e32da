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

        health.StorageWorks = false;
        await call.ResponseStream.MoveNext(default);
        HealthCheckResponse.Types.ServingStatus second = call.ResponseStream.Current.Status;

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, first);
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.NotServing, second);
    }

    [Fact]
    public async Task Healthz_OverPlainHttp_AnswersByState()
    {
        await using TestService service = await TestService.StartAsync();
        using var http = new HttpClient { BaseAddress = service.WebAddress };

        Assert.Equal("healthy\n", await http.GetStringAsync("/healthz"));
    }
}
