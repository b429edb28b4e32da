using Grpc.Core;
using Grpc.Core.Interceptors;
using HashMatch.Service.Health;
using HashMatch.Service.Platforms;
using HashMatch.Service.Storage;
using Microsoft.Extensions.Options;

namespace HashMatch.Service.Calls;

/// <summary>
/// Stands before every call: who may make it, how long a stream may wait, and what its caller is told when it fails.
/// </summary>
public sealed class CallRules(
    PlatformAccess access,
    OpenStreams streams,
    ServiceHealth health,
    IOptions<CallLimits> limits,
    ILogger<CallRules> logger) : Interceptor
{
    private readonly TimeSpan _patience = limits.Value.StreamIdle;

    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
        Refusals.GuardAsync(this, continuation, request, context);

    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation) =>
        GuardStreamAsync(
            context, () => continuation(new PatientReader<TRequest>(requestStream, context, _patience), context));

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation) =>
        GuardStreamAsync(
            context,
            async () =>
            {
                await continuation(
                    request, new PatientWriter<TResponse>(responseStream, context, _patience), context);
                return true;
            });

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation) =>
        GuardStreamAsync(
            context,
            async () =>
            {
                await continuation(
                    new PatientReader<TRequest>(requestStream, context, _patience),
                    new PatientWriter<TResponse>(responseStream, context, _patience),
                    context);
                return true;
            });

    /// <summary>Lets a call pass, or refuses it.</summary>
    internal ValueTask AdmitAsync(ServerCallContext context)
    {
        HttpContext http = context.GetHttpContext();
        switch (http.GetEndpoint()?.Metadata.GetMetadata<AudienceAttribute>()?.Audience)
        {
            case Audience.Anybody:
                return ValueTask.CompletedTask;
            case Audience.Anonymous when !PlatformAccess.HasCredentials(http):
                return ValueTask.CompletedTask;
            case Audience.Anonymous:
                throw Refusals.CredentialsOnAnonymousCall();
            case Audience.Match:
                return new ValueTask(access.RequireAsync(context, PlatformScopes.Match));
            case Audience.Mirror:
                return new ValueTask(access.RequireAsync(context, PlatformScopes.Mirror));
            case Audience.Feedback:
                return new ValueTask(access.RequireAsync(context, PlatformScopes.Feedback));
            default:
                throw Refusals.NotServed();
        }
    }

    /// <summary>Makes a refusal of what a call failed with.</summary>
    internal RpcException Refuse(Exception exception)
    {
        switch (exception)
        {
            case RpcException refusal:
                return refusal;

            case OperationCanceledException:
                return Refusals.Cancelled();

            // Only the kind is told: a database's own words may repeat the values.
            case Exception when StorageFailure.Is(exception):
                health.StorageWorks &= StorageFailure.IsOnlyBusy(exception);
                logger.StorageFailed(exception.GetType().Name);
                return Refusals.StorageUnavailable();

            // The place helps to mend it; the words, as above, may repeat what was sent.
            default:
                logger.CallFailed(exception.GetType().Name, exception.StackTrace);
                return Refusals.Faulty();
        }
    }

    private Task<TResult> GuardStreamAsync<TResult>(ServerCallContext context, Func<Task<TResult>> call) =>
        Refusals.GuardAsync(
            async () =>
            {
                await AdmitAsync(context);
                using IDisposable stay = streams.Enter(PlatformAccess.CallerIfKnown(context)?.Id);
                return await call();
            },
            Refuse);
}
