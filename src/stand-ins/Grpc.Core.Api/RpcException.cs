namespace Grpc.Core;

/// <summary>
/// A call that did not succeed: clients get it, and servers throw it to choose the status of the answer.
/// </summary>
public class RpcException : Exception
{
    /// <summary>Makes the exception with a message that is the status written out.</summary>
    /// <param name="status">How the call ended.</param>
    public RpcException(Status status)
        : this(status, Metadata.Empty, status.ToString())
    {
    }

    /// <summary>Makes the exception with a message of its own; the message does not travel.</summary>
    /// <param name="status">How the call ended.</param>
    /// <param name="message">The exception's message on this side.</param>
    public RpcException(Status status, string message)
        : this(status, Metadata.Empty, message)
    {
    }

    /// <summary>Makes the exception with trailers.</summary>
    /// <param name="status">How the call ended.</param>
    /// <param name="trailers">What was, or on a server will be, sent after the last message.</param>
    public RpcException(Status status, Metadata trailers)
        : this(status, trailers, status.ToString())
    {
    }

    /// <summary>Makes the exception with trailers and a message of its own.</summary>
    /// <param name="status">How the call ended.</param>
    /// <param name="trailers">What was, or on a server will be, sent after the last message.</param>
    /// <param name="message">The exception's message on this side.</param>
    /// <exception cref="ArgumentNullException"><paramref name="trailers"/> is null.</exception>
    public RpcException(Status status, Metadata trailers, string message)
        : base(message, status.DebugException)
    {
        ArgumentNullException.ThrowIfNull(trailers);
        Status = status;
        Trailers = trailers;
    }

    /// <summary>How the call ended.</summary>
    public Status Status { get; }

    /// <summary>The code of <see cref="Status"/>.</summary>
    public StatusCode StatusCode => Status.StatusCode;

    /// <summary>What was sent after the last message; empty if nothing was.</summary>
    public Metadata Trailers { get; }
}
