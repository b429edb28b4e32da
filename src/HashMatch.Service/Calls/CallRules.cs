using System.Data.Common;
using Grpc.Core;
using Grpc.Core.Interceptors;
using HashMatch.Protocol;
using HashMatch.Service.Health;
using HashMatch.Service.Platforms;
using Microsoft.EntityFrameworkCore;

namespace HashMatch.Service.Calls;

/// <summary>Stands before every call: who may make it, and what its caller is told when storage fails.</summary>
public sealed class CallRules(PlatformAccess access, ServiceHealth health, ILogger<CallRules> logger) : Interceptor
{
    private enum Audience
    {
        /// <summary>People at risk: credentials are refused, so that nobody identifies themselves by mistake.</summary>
        Anonymous,

        /// <summary>Anybody, with credentials or without.</summary>
        Anybody,

        /// <summary>Platforms with the scope "match".</summary>
        Match,
    }

    // A service that is not listed here is open to nobody.
    private static readonly Dictionary<string, Audience> Audiences = new()
    {
        [CaseService.Descriptor.FullName] = Audience.Anonymous,
        [Grpc.Health.V1.Health.Descriptor.FullName] = Audience.Anybody,
        [MatchService.Descriptor.FullName] = Audience.Match,
    };

    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
        GuardAsync(context, () => continuation(request, context));

    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation) =>
        GuardAsync(context, () => continuation(requestStream, context));

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation) =>
        GuardAsync(context, () => continuation(request, responseStream, context));

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation) =>
        GuardAsync(context, () => continuation(requestStream, responseStream, context));

    private async Task<TResponse> GuardAsync<TResponse>(ServerCallContext context, Func<Task<TResponse>> call)
    {
        TResponse? response = default;
        await GuardAsync(context, async () => { response = await call(); });
        return response!;
    }

    private async Task GuardAsync(ServerCallContext context, Func<Task> call)
    {
        try
        {
            await AdmitAsync(context);
            await call();
        }
        catch (Exception exception) when (exception is DbException or DbUpdateException)
        {
            // Only the kind is told: a database's own words may repeat the values.
            health.StorageWorks = false;
            logger.StorageFailed(exception.GetType().Name);
            throw Refusals.StorageUnavailable();
        }
    }

    private async Task AdmitAsync(ServerCallContext context)
    {
        string service = context.Method.Split('/') is ["", var name, _] ? name : "";
        if (!Audiences.TryGetValue(service, out Audience audience))
        {
            throw Refusals.NotServed();
        }

        if (audience == Audience.Anonymous && PlatformAccess.HasCredentials(context))
        {
            throw Refusals.CredentialsOnAnonymousCall();
        }

        if (audience == Audience.Match)
        {
            await access.RequireAsync(context, PlatformScopes.Match);
        }
    }
}
