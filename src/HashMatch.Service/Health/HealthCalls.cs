using Grpc.Core;
using Grpc.Health.V1;
using HashMatch.Protocol;
using HashMatch.Service.Calls;

namespace HashMatch.Service.Health;

/// <summary>The gRPC health checking protocol.</summary>
[Audience(Audience.Anybody)]
public sealed class HealthCalls(
    ServiceHealth health, IHostApplicationLifetime lifetime) : Grpc.Health.V1.Health.HealthBase
{
    private static readonly HashSet<string> Served =
    [
        "",
        CaseService.Descriptor.FullName,
        FeedService.Descriptor.FullName,
        MatchService.Descriptor.FullName,
        OutcomeService.Descriptor.FullName,
    ];

    public override Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context) =>
        Served.Contains(request.Service)
            ? Task.FromResult(Answer(health.StorageWorks))
            : throw Refusals.NoSuchService();

    public override async Task Watch(
        HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responseStream, ServerCallContext context)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(
            context.CancellationToken, lifetime.ApplicationStopping);
        bool served = Served.Contains(request.Service);
        while (!ending.IsCancellationRequested)
        {
            (bool works, Task changed) = health.Observe();
            HealthCheckResponse answer = served
                ? Answer(works)
                : new HealthCheckResponse { Status = HealthCheckResponse.Types.ServingStatus.ServiceUnknown };
            await responseStream.WriteAsync(answer, ending.Token);
            Task next = served ? changed : Task.Delay(Timeout.Infinite, ending.Token);
            await next.WaitAsync(ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static HealthCheckResponse Answer(bool works) => new()
    {
        Status = works
            ? HealthCheckResponse.Types.ServingStatus.Serving
            : HealthCheckResponse.Types.ServingStatus.NotServing,
    };
}
