using Grpc.Core;

namespace HashMatch.Service.Calls;

/// <summary>Reads a caller's messages, and waits only so long for each.</summary>
internal sealed class PatientReader<T>(
    IAsyncStreamReader<T> inner, ServerCallContext context, TimeSpan patience) : IAsyncStreamReader<T>
{
    public T Current => inner.Current;

    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        waiting.CancelAfter(patience);
        try
        {
            return await inner.MoveNext(waiting.Token);
        }
        catch (OperationCanceledException) when (context.CancellationToken.IsCancellationRequested)
        {
            // Nobody waits for an answer. To pass the exception on through every layer is what a flood of resets costs
            // most.
            return false;
        }
        catch (OperationCanceledException)
            when (waiting.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw Refusals.StreamIdle(patience);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException
            or RpcException { StatusCode: StatusCode.Internal })
        {
            throw Refusals.MessageUnreadable();
        }
    }
}
