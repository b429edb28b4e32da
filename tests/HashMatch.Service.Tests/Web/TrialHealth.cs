using Grpc.Core;
using Grpc.Health.V1;
using Status = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace HashMatch.Service.Tests.Web;

/// <summary>Does what a test asks for in the service name; for what our own services never do.</summary>
public sealed class TrialHealth(TrialGate gate) : Grpc.Health.V1.Health.HealthBase
{
    public static readonly byte[] BinaryTrailer = [0, 1, 2, 254, 255];

    public override Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context)
    {
        if (request.Service == "error")
        {
            throw Failure();
        }

        context.ResponseTrailers.Add("trial", request.Service == "two lines" ? "kept\r\ninjected: yes" : "kept");
        context.ResponseTrailers.Add("trial-bin", BinaryTrailer);
        return Task.FromResult(new HealthCheckResponse { Status = Status.Serving });
    }

    public override async Task Watch(
        HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responseStream, ServerCallContext context)
    {
        await responseStream.WriteAsync(new HealthCheckResponse { Status = Status.Serving });
        if (request.Service == "error")
        {
            throw Failure();
        }

        if (request.Service == "endless")
        {
            using CancellationTokenRegistration told = context.CancellationToken.Register(
                () => gate.Cancelled.TrySetResult());
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        }

        await gate.Opened.Task.WaitAsync(context.CancellationToken);
        await responseStream.WriteAsync(new HealthCheckResponse { Status = Status.NotServing });
        context.ResponseTrailers.Add("trial", "kept");
    }

    private static RpcException Failure() => new(new Grpc.Core.Status(StatusCode.Aborted, "refused: 100% sûr\r\n"));
}
