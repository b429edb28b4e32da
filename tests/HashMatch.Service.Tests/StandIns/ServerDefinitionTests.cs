using Grpc.Core;

namespace HashMatch.Service.Tests.StandIns;

public class ServerDefinitionTests
{
    private static readonly Method<string, string> Method = new(
        MethodType.Unary, "package.Service", "Method", Marshallers.StringMarshaller, Marshallers.StringMarshaller);

    [Fact]
    public void Builder_SameMethodTwice_IsRefused()
    {
        ServerServiceDefinition.Builder builder = ServerServiceDefinition.CreateBuilder().AddMethod(Method, ServeAsync);

        Assert.Throws<ArgumentException>(() => builder.AddMethod(Method, ServeAsync).Build());
    }

    [Fact]
    public void Binder_WithoutItsOwnCode_SaysThatItHasNone()
    {
        ServiceBinderBase binder = new BareBinder();

        Assert.Throws<NotImplementedException>(() => binder.AddMethod(Method, ServeAsync));
        Assert.Throws<NotImplementedException>(
            () => binder.AddMethod(Method, (ClientStreamingServerMethod<string, string>)null!));
        Assert.Throws<NotImplementedException>(
            () => binder.AddMethod(Method, (ServerStreamingServerMethod<string, string>)null!));
        Assert.Throws<NotImplementedException>(
            () => binder.AddMethod(Method, (DuplexStreamingServerMethod<string, string>)null!));
    }

    [Fact]
    public void BindServiceMethodAttribute_Parts_AreKept()
    {
        var attribute = new BindServiceMethodAttribute(typeof(ServerDefinitionTests), "Bind");

        Assert.Equal((typeof(ServerDefinitionTests), "Bind"), (attribute.BindType, attribute.BindMethodName));
    }

    [Fact]
    public async Task ServerCallContext_Parts_ComeFromTheTransport()
    {
        var context =
            new FixedContext { Status = new Status(StatusCode.Aborted, "x"), WriteOptions = WriteOptions.Default };

        context.UserState["note"] = 1;
        await context.WriteResponseHeadersAsync(Metadata.Empty);

        Assert.Equal(("/s/M", "host", "ipv4:127.0.0.1:1"), (context.Method, context.Host, context.Peer));
        Assert.Equal(DateTime.MaxValue, context.Deadline);
        Assert.Equal(StatusCode.Aborted, context.Status.StatusCode);
        Assert.Same(WriteOptions.Default, context.WriteOptions);
        Assert.Equal(1, context.UserState["note"]);
        Assert.Same(Metadata.Empty, context.Written);
        Assert.False(context.AuthContext.IsPeerAuthenticated);
        Assert.Throws<NotSupportedException>(() => context.CreatePropagationToken());
    }

    private static Task<string> ServeAsync(string request, ServerCallContext context)
    {
        return Task.FromResult(request);
    }

    private sealed class BareBinder : ServiceBinderBase;

    private sealed class FixedContext : ServerCallContext
    {
        public Metadata? Written { get; private set; }

        protected override string MethodCore => "/s/M";

        protected override string HostCore => "host";

        protected override string PeerCore => "ipv4:127.0.0.1:1";

        protected override DateTime DeadlineCore => DateTime.MaxValue;

        protected override Metadata RequestHeadersCore => Metadata.Empty;

        protected override CancellationToken CancellationTokenCore => CancellationToken.None;

        protected override Metadata ResponseTrailersCore { get; } = [];

        protected override Status StatusCore { get; set; }

        protected override WriteOptions? WriteOptionsCore { get; set; }

        protected override AuthContext AuthContextCore { get; } = new(null, []);

        protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders)
        {
            Written = responseHeaders;
            return Task.CompletedTask;
        }

        protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options)
        {
            throw new NotSupportedException();
        }
    }
}
