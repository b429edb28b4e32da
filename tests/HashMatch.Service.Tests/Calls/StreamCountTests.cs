using Grpc.Core;
using HashMatch.Protocol;
using HashMatch.Service.Calls;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace HashMatch.Service.Tests.Calls;

/// <summary>How many streams a caller may have, and that no method is without rules.</summary>
public sealed class StreamCountTests
{
    [Fact]
    public async Task Stream_OneTooMany_IsRefusedWithADelayUntilAnotherEnds()
    {
        await using TestService service = await TestService.StartAsync(settings: "--Calls:StreamsPerCaller=2");
        var headers = new Metadata { { "authorization", "Bearer " + await service.AddPlatformAsync() } };
        var others = new Metadata { { "authorization", "Bearer " + await service.AddPlatformAsync() } };
        using AsyncDuplexStreamingCall<MatchStreamRequest, MatchStreamResponse> first =
            await OpenAsync(service, headers);
        using AsyncDuplexStreamingCall<MatchStreamRequest, MatchStreamResponse> second =
            await OpenAsync(service, headers);

        RpcException refusal = await Assert.ThrowsAsync<RpcException>(() => OpenAsync(service, headers));
        using AsyncDuplexStreamingCall<MatchStreamRequest, MatchStreamResponse> anothers =
            await OpenAsync(service, others);
        await first.RequestStream.CompleteAsync();
        bool more = await first.ResponseStream.MoveNext(TestContext.Current.CancellationToken);
        using AsyncDuplexStreamingCall<MatchStreamRequest, MatchStreamResponse> third =
            await OpenAsync(service, headers);

        Assert.Equal(StatusCode.ResourceExhausted, refusal.StatusCode);
        Assert.Equal("1000", refusal.Trailers.GetValue("grpc-retry-pushback-ms"));
        Assert.False(more);
    }

    [Fact]
    public async Task Stream_AnonymousCallersHaveThemAll_PlatformsHaveTheirs()
    {
        await using TestService service = await TestService.StartAsync(settings: "--Calls:StreamsPerCaller=1");
        var headers = new Metadata { { "authorization", "Bearer " + await service.AddPlatformAsync() } };
        var health = new Grpc.Health.V1.Health.HealthClient(service.Channel);
        using AsyncServerStreamingCall<Grpc.Health.V1.HealthCheckResponse> watch =
            health.Watch(new Grpc.Health.V1.HealthCheckRequest());
        await watch.ResponseStream.MoveNext(TestContext.Current.CancellationToken);

        using AsyncServerStreamingCall<Grpc.Health.V1.HealthCheckResponse> another =
            health.Watch(new Grpc.Health.V1.HealthCheckRequest());
        RpcException refusal = await Assert.ThrowsAsync<RpcException>(
            () => another.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        using AsyncDuplexStreamingCall<MatchStreamRequest, MatchStreamResponse> stream =
            await OpenAsync(service, headers);

        Assert.Equal(StatusCode.ResourceExhausted, refusal.StatusCode);
    }

    [Fact]
    public async Task Endpoints_OfEveryMethod_SayWhoMayCall()
    {
        await using TestService service = await TestService.StartAsync();

        Microsoft.AspNetCore.Http.Endpoint[] methods =
        [
            .. service.Services.GetRequiredService<EndpointDataSource>().Endpoints
                .Where(endpoint => endpoint.Metadata.GetMetadata<Grpc.AspNetCore.Server.GrpcMethodMetadata>() != null),
        ];

        Assert.True(methods.Length >= 8);
        Assert.All(methods, method => Assert.NotNull(method.Metadata.GetMetadata<AudienceAttribute>()));
    }

    // A stream is open, or refused, when its first answer is there.
    private static async Task<AsyncDuplexStreamingCall<MatchStreamRequest, MatchStreamResponse>> OpenAsync(
        TestService service, Metadata headers)
    {
        AsyncDuplexStreamingCall<MatchStreamRequest, MatchStreamResponse> call = service.Matches.MatchStream(headers);
        var hash = Google.Protobuf.ByteString.CopyFrom(TestHashes.Make(1).ToByteArray());
        await call.RequestStream.WriteAsync(
            new MatchStreamRequest { Request = new MatchRequest { Hashes = { hash } } });
        await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken);
        return call;
    }
}
