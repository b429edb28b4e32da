using Grpc.Core;

// What happens without a token is the point of some of these tests.
#pragma warning disable xUnit1051

namespace HashMatch.Service.Tests.StandIns;

public class AsyncCallTests
{
    private static readonly Metadata Trailers = new() { { "trailer", "x" } };

    [Fact]
    public async Task UnaryCall_WithState_HandsItToEachFunction()
    {
        var seen = new List<object>();
        var call = new AsyncUnaryCall<string>(
            Task.FromResult("response"),
            state => Note(Task.FromResult(Metadata.Empty), state),
            state => Note(Status.DefaultSuccess, state),
            state => Note(Trailers, state),
            state => seen.Add(state),
            "state");

        Assert.Equal("response", await call);
        Assert.Equal("response", await call.ConfigureAwait(true));
        Assert.Equal("response", await call.ResponseAsync);
        Assert.Same(Metadata.Empty, await call.ResponseHeadersAsync);
        Assert.Equal(Status.DefaultSuccess, call.GetStatus());
        Assert.Same(Trailers, call.GetTrailers());
        call.Dispose();
        Assert.Equal(["state", "state", "state", "state"], seen);

        T Note<T>(T value, object state)
        {
            seen.Add(state);
            return value;
        }
    }

    [Fact]
    public async Task ClientStreamingCall_WithoutState_CallsEachFunction()
    {
        int disposed = 0;
        var call = new AsyncClientStreamingCall<string, string>(
            null!,
            Task.FromResult("response"),
            Task.FromResult(Metadata.Empty),
            () => Status.DefaultCancelled,
            () => Trailers,
            () => disposed++);

        Assert.Equal("response", await call);
        Assert.Same(Metadata.Empty, await call.ResponseHeadersAsync);
        Assert.Equal(Status.DefaultCancelled, call.GetStatus());
        Assert.Same(Trailers, call.GetTrailers());
        call.Dispose();
        Assert.Equal(1, disposed);
    }

    [Fact]
    public async Task ReadAllAsync_SeveralMessages_GivesThemInOrder()
    {
        var reader = new ListReader("a", "b", "c");

        List<string> read = [];
        await foreach (string message in reader.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            read.Add(message);
        }

        Assert.Equal(["a", "b", "c"], read);
        Assert.Equal(TestContext.Current.CancellationToken, reader.LastToken);
        Assert.Throws<ArgumentNullException>(() => ((IAsyncStreamReader<string>)null!).ReadAllAsync());
    }

    [Fact]
    public async Task ReadAllAsync_TokenOfTheLoop_ReachesTheReader()
    {
        using var source = new CancellationTokenSource();
        var reader = new ListReader("a");

        await foreach (string message in reader.ReadAllAsync().WithCancellation(source.Token))
        {
            Assert.Equal("a", message);
        }

        Assert.Equal(source.Token, reader.LastToken);
    }

    [Fact]
    public async Task MoveNext_WithoutToken_ReadsWithNone()
    {
        var reader = new ListReader("a");

        bool first = await reader.MoveNext();
        bool second = await reader.MoveNext();

        Assert.True(first);
        Assert.False(second);
        Assert.False(reader.LastToken.CanBeCanceled);
    }

    [Fact]
    public async Task WriteAsync_TokenThatAWriterDoesNotKnow_IsRefused()
    {
        using var source = new CancellationTokenSource();
        var writer = new ListWriter();
        IAsyncStreamWriter<string> asInterface = writer;

        await asInterface.WriteAsync("a", CancellationToken.None);

        await Assert.ThrowsAsync<NotSupportedException>(() => asInterface.WriteAsync("b", source.Token));
        Assert.Equal(["a"], writer.Written);
    }

    private sealed class ListReader(params string[] messages) : IAsyncStreamReader<string>
    {
        private int _index = -1;

        public CancellationToken LastToken { get; private set; }

        public string Current => messages[_index];

        public Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            LastToken = cancellationToken;
            return Task.FromResult(++_index < messages.Length);
        }
    }

    private sealed class ListWriter : IAsyncStreamWriter<string>
    {
        public List<string> Written { get; } = [];

        public WriteOptions? WriteOptions { get; set; }

        public Task WriteAsync(string message)
        {
            Written.Add(message);
            return Task.CompletedTask;
        }
    }
}
