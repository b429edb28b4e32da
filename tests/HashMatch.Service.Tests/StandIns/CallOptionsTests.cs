using Grpc.Core;

namespace HashMatch.Service.Tests.StandIns;

public class CallOptionsTests
{
    private static readonly DateTime Deadline = new(2030, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    [Fact]
    public void Default_AsksForNothing()
    {
        CallOptions options = default;

        Assert.Null(options.Headers);
        Assert.Null(options.Deadline);
        Assert.Null(options.WriteOptions);
        Assert.Null(options.PropagationToken);
        Assert.Null(options.Credentials);
        Assert.False(options.CancellationToken.CanBeCanceled);
        Assert.False(options.IsWaitForReady);
        Assert.Equal(options, new CallOptions());
    }

    [Fact]
    public void With_EachPart_ChangesThatPartOnly()
    {
        using var source = new CancellationTokenSource();
        var headers = new Metadata();
        var writeOptions = new WriteOptions(WriteFlags.NoCompress);
        CallCredentials credentials = CallCredentials.FromInterceptor((_, _) => Task.CompletedTask);

        CallOptions options = new CallOptions()
            .WithHeaders(headers)
            .WithDeadline(Deadline)
            .WithCancellationToken(source.Token)
            .WithWriteOptions(writeOptions)
            .WithCredentials(credentials)
            .WithWaitForReady();

        Assert.Same(headers, options.Headers);
        Assert.Equal(Deadline, options.Deadline);
        Assert.Equal(source.Token, options.CancellationToken);
        Assert.Same(writeOptions, options.WriteOptions);
        Assert.Same(credentials, options.Credentials);
        Assert.True(options.IsWaitForReady);
        Assert.False(options.WithWaitForReady(false).IsWaitForReady);
        Assert.Null(options.PropagationToken);
    }

    [Fact]
    public void With_OnACopy_LeavesTheOriginal()
    {
        var options = new CallOptions(deadline: Deadline);

        CallOptions changed = options.WithDeadline(Deadline.AddDays(1)).WithWaitForReady();

        Assert.Equal(Deadline, options.Deadline);
        Assert.False(options.IsWaitForReady);
        Assert.Equal(Deadline.AddDays(1), changed.Deadline);
    }

    [Fact]
    public void Constructor_EachPart_IsKept()
    {
        var headers = new Metadata();

        var options = new CallOptions(headers, Deadline, CancellationToken.None, WriteOptions.Default);

        Assert.Same(headers, options.Headers);
        Assert.Equal(Deadline, options.Deadline);
        Assert.Same(WriteOptions.Default, options.WriteOptions);
    }

    [Fact]
    public void WriteOptions_Flags_AreThoseOfTheProtocol()
    {
        Assert.Equal(0, (int)WriteOptions.Default.Flags);
        Assert.Equal(0, (int)new WriteOptions().Flags);
        Assert.Equal(1, (int)WriteFlags.BufferHint);
        Assert.Equal(2, (int)WriteFlags.NoCompress);
    }

    [Fact]
    public void ContextPropagationOptions_Default_HandsOnBoth()
    {
        Assert.True(ContextPropagationOptions.Default.IsPropagateDeadline);
        Assert.True(ContextPropagationOptions.Default.IsPropagateCancellation);
        Assert.False(new ContextPropagationOptions(propagateDeadline: false).IsPropagateDeadline);
        Assert.False(new ContextPropagationOptions(propagateCancellation: false).IsPropagateCancellation);
    }
}
