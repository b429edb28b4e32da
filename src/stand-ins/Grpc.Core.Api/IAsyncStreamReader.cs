namespace Grpc.Core;

/// <summary>Messages that arrive one after another.</summary>
/// <typeparam name="T">The message.</typeparam>
public interface IAsyncStreamReader<out T>
{
    /// <summary>The message that the last <see cref="MoveNext"/> read.</summary>
    T Current { get; }

    /// <summary>Reads the next message. One read at a time.</summary>
    /// <param name="cancellationToken">Ends the read, and with it the call.</param>
    /// <returns>False once there are no more messages.</returns>
    Task<bool> MoveNext(CancellationToken cancellationToken);
}
