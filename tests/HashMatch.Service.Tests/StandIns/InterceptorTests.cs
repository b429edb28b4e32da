using Grpc.Core;
using Grpc.Core.Interceptors;

namespace HashMatch.Service.Tests.StandIns;

public class InterceptorTests
{
    private static readonly Method<string, string> Method = new(
        MethodType.Unary, "package.Service", "Method", Marshallers.StringMarshaller, Marshallers.StringMarshaller);

    [Fact]
    public async Task Intercept_InterceptorThatReplacesNothing_PassesEveryKindOn()
    {
        var recorder = new RecordingCallInvoker();

        await CallAllAsync(recorder.Intercept(new PassingInterceptor()));

        Assert.Equal(["blocking -", "unary -", "server -", "client -", "duplex -"], recorder.Calls);
    }

    [Fact]
    public async Task Intercept_Function_SeesTheHeadersOfEveryKind()
    {
        var recorder = new RecordingCallInvoker();

        await CallAllAsync(recorder.Intercept(headers => new Metadata { { "added", headers.Count.ToString() } }));

        Assert.Equal(
            ["blocking - added", "unary - added", "server - added", "client - added", "duplex - added"],
            recorder.Calls);
    }

    [Fact]
    public async Task Intercept_Several_RunFromFirstToLast()
    {
        var recorder = new RecordingCallInvoker();
        CallInvoker invoker = recorder.Intercept(new NamingInterceptor("one"), new NamingInterceptor("two"));

        await invoker.AsyncUnaryCall(Method, null, default, "x");

        Assert.Equal(["unary - one,two"], recorder.Calls);
    }

    [Fact]
    public async Task Intercept_TwiceInARow_RunsTheLaterFirst()
    {
        var recorder = new RecordingCallInvoker();
        CallInvoker invoker = recorder.Intercept(new NamingInterceptor("one")).Intercept(new NamingInterceptor("two"));

        await invoker.AsyncUnaryCall(Method, null, default, "x");

        Assert.Equal(["unary - two,one"], recorder.Calls);
    }

    [Fact]
    public async Task Intercept_Channel_GoesToItsInvoker()
    {
        var channel = new RecordingChannel();

        await channel.Intercept(new NamingInterceptor("one")).AsyncUnaryCall(Method, "host", default, "x");
        await channel.Intercept(new NamingInterceptor("two"), new NamingInterceptor("three"))
            .AsyncUnaryCall(Method, null, default, "x");
        await channel.Intercept(_ => []).AsyncUnaryCall(Method, null, default, "x");

        Assert.Equal(["unary host one", "unary - two,three", "unary -"], channel.Recorder.Calls);
        Assert.Equal("target", channel.Target);
    }

    [Fact]
    public void Intercept_Null_IsRefused()
    {
        var recorder = new RecordingCallInvoker();

        Assert.Throws<ArgumentNullException>(() => recorder.Intercept((Interceptor)null!));
        Assert.Throws<ArgumentNullException>(() => recorder.Intercept((Interceptor[])null!));
        Assert.Throws<ArgumentNullException>(() => ((CallInvoker)null!).Intercept(new PassingInterceptor()));
    }

    [Fact]
    public async Task WithHost_EveryKindOfCall_NamesTheHost()
    {
        var recorder = new RecordingCallInvoker();
        TestClient client = new TestClient(recorder).WithHost("other");

        await CallAllAsync(client.Invoker);

        Assert.Equal(
            ["blocking other", "unary other", "server other", "client other", "duplex other"], recorder.Calls);
    }

    [Fact]
    public async Task WithHost_Twice_NamesTheLast()
    {
        var recorder = new RecordingCallInvoker();

        await new TestClient(recorder).WithHost("one").WithHost("two")
            .Invoker.AsyncUnaryCall(Method, null, default, "x");

        Assert.Equal(["unary two"], recorder.Calls);
    }

    [Fact]
    public void Client_WithoutChannel_CannotCall()
    {
        var client = new TestClient();

        Assert.Throws<NotImplementedException>(() => client.Invoker.BlockingUnaryCall(Method, null, default, "x"));
    }

    [Fact]
    public async Task ServerHandlers_ReplacedByNothing_PassOn()
    {
        var interceptor = new PassingInterceptor();

        string unary = await interceptor.UnaryServerHandler<string, string>(
            "x", null!, (request, _) => Task.FromResult(request + "1"));
        string client = await interceptor.ClientStreamingServerHandler<string, string>(
            null!, null!, (_, _) => Task.FromResult("2"));
        int streams = 0;
        await interceptor.ServerStreamingServerHandler<string, string>("x", null!, null!, (_, _, _) => CountAsync());
        await interceptor.DuplexStreamingServerHandler<string, string>(null!, null!, null!, (_, _, _) => CountAsync());

        Task CountAsync()
        {
            streams++;
            return Task.CompletedTask;
        }

        Assert.Equal(("x1", "2", 2), (unary, client, streams));
    }

    private static async Task CallAllAsync(CallInvoker invoker)
    {
        Assert.Equal("x", invoker.BlockingUnaryCall(Method, null, default, "x"));
        Assert.Equal("y", await invoker.AsyncUnaryCall(Method, null, default, "y"));
        invoker.AsyncServerStreamingCall(Method, null, default, "z").Dispose();
        invoker.AsyncClientStreamingCall(Method, null, default).Dispose();
        invoker.AsyncDuplexStreamingCall(Method, null, default).Dispose();
    }

    private sealed class PassingInterceptor : Interceptor;

    private sealed class NamingInterceptor(string name) : Interceptor
    {
        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            TRequest request,
            ClientInterceptorContext<TRequest, TResponse> context,
            AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
        {
            Metadata headers = [.. context.Options.Headers ?? Metadata.Empty, new Metadata.Entry(name, "x")];
            CallOptions options = context.Options.WithHeaders(headers);
            return continuation(
                request, new ClientInterceptorContext<TRequest, TResponse>(context.Method, context.Host, options));
        }
    }

    private sealed class RecordingChannel() : ChannelBase("target")
    {
        public RecordingCallInvoker Recorder { get; } = new();

        public override CallInvoker CreateCallInvoker()
        {
            return Recorder;
        }
    }

    private sealed class TestClient : ClientBase<TestClient>
    {
        public TestClient()
        {
        }

        public TestClient(CallInvoker invoker)
            : base(invoker)
        {
        }

        private TestClient(ClientBaseConfiguration configuration)
            : base(configuration)
        {
        }

        public CallInvoker Invoker => CallInvoker;

        protected override TestClient NewInstance(ClientBaseConfiguration configuration)
        {
            return new TestClient(configuration);
        }
    }
}
