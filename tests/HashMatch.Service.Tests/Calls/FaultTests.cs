using Grpc.Core;
using HashMatch.Service.Calls;
using HashMatch.Service.Health;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HashMatch.Service.Tests.Calls;

/// <summary>Faults of the service's own: no method has one, so the rules are asked directly.</summary>
public sealed class FaultTests
{
    [Fact]
    public async Task Unary_MethodFails_IsInternalAndItsWordsAreKept()
    {
        using var log = new CapturedLog();
        using ILoggerFactory loggers = LoggerFactory.Create(builder => builder.AddProvider(log));
        CallRules rules = MakeRules(loggers);

        RpcException refusal = await Assert.ThrowsAsync<RpcException>(() => rules.UnaryServerHandler<string, string>(
            "", new RunningCall(Audience.Anybody), (_, _) => throw new InvalidOperationException("a secret")));

        Assert.Equal(StatusCode.Internal, refusal.StatusCode);
        Assert.DoesNotContain("secret", refusal.ToString(), StringComparison.Ordinal);
        string line = Assert.Single(log.Lines);
        Assert.Contains(nameof(InvalidOperationException), line, StringComparison.Ordinal);
        Assert.Contains(nameof(FaultTests), line, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unary_ServiceSaysNotWhoMayCall_IsOpenToNobody()
    {
        using ILoggerFactory loggers = LoggerFactory.Create(_ => { });
        CallRules rules = MakeRules(loggers);

        RpcException refusal = await Assert.ThrowsAsync<RpcException>(() => rules.UnaryServerHandler<string, string>(
            "", new RunningCall(null), (request, _) => Task.FromResult(request)));

        Assert.Equal(StatusCode.PermissionDenied, refusal.StatusCode);
    }

    private static CallRules MakeRules(ILoggerFactory loggers)
    {
        IOptions<CallLimits> limits = Options.Create(new CallLimits());
        return new CallRules(
            null!, new OpenStreams(limits), new ServiceHealth(), limits, loggers.CreateLogger<CallRules>());
    }

    // A call as the rules see it: on an endpoint that says who may call it, or does not.
    private sealed class RunningCall : ServerCallContext
    {
        private readonly Dictionary<object, object> _state = [];

        public RunningCall(Audience? audience)
        {
            object[] metadata = audience is Audience known ? [new AudienceAttribute(known)] : [];
            var http = new DefaultHttpContext();
            http.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection(metadata), null));
            _state["__HttpContext"] = http;
        }

        protected override string MethodCore => "";

        protected override string HostCore => "";

        protected override string PeerCore => "";

        protected override DateTime DeadlineCore => DateTime.MaxValue;

        protected override Metadata RequestHeadersCore { get; } = [];

        protected override CancellationToken CancellationTokenCore => CancellationToken.None;

        protected override Metadata ResponseTrailersCore { get; } = [];

        protected override Status StatusCore { get; set; }

        protected override WriteOptions? WriteOptionsCore { get; set; }

        protected override AuthContext AuthContextCore => new(null, []);

        protected override IDictionary<object, object> UserStateCore => _state;

        protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders) => Task.CompletedTask;

        protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) =>
            throw new NotSupportedException();
    }
}
