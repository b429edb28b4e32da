namespace Grpc.Core;

/// <summary>Messages that are sent one after another.</summary>
/// <typeparam name="T">The message.</typeparam>
public interface IAsyncStreamWriter<in T>
{
    /// <summary>How the messages from here on are written; null for as the call says.</summary>
    WriteOptions? WriteOptions { get; set; }

    /// <summary>Sends a message. One write at a time.</summary>
    /// <param name="message">The message.</param>
    Task WriteAsync(T message);

    /// <summary>Sends a message. One write at a time.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Ends the write, and with it the call.</param>
    /// <exception cref="NotSupportedException">
    /// The token can be cancelled and the writer does not support it.
    /// </exception>
    Task WriteAsync(T message, CancellationToken cancellationToken)
    {
        if (cancellationToken.CanBeCanceled)
        {
            throw new NotSupportedException("This writer cannot cancel a write.");
        }

        return WriteAsync(message);
    }
}
