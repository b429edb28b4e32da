using Grpc.Core;

namespace HashMatch.Service.Calls;

/// <summary>Writes answers, and waits only so long for a caller to take each.</summary>
internal sealed class PatientWriter<T>(
    IServerStreamWriter<T> inner, ServerCallContext context, TimeSpan patience) : IServerStreamWriter<T>
{
    public WriteOptions? WriteOptions
    {
        get => inner.WriteOptions;
        set => inner.WriteOptions = value;
    }

    public Task WriteAsync(T message) => WriteAsync(message, CancellationToken.None);

    public async Task WriteAsync(T message, CancellationToken cancellationToken)
    {
        Task written = inner.WriteAsync(message, cancellationToken);
        try
        {
            await written.WaitAsync(patience, CancellationToken.None);
        }
        catch (TimeoutException)
        {
            // What is written waits in memory for a peer that does not read: only a reset lets go of it.
            context.GetHttpContext().Abort();
            await written.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw Refusals.StreamIdle(patience);
        }
    }
}
