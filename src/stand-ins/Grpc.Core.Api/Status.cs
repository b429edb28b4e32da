using System.Globalization;

namespace Grpc.Core;

/// <summary>How a call ended: a code, a sentence for people and, on the side that failed, the exception.</summary>
/// <remarks>The default value is <see cref="StatusCode.OK"/> with a detail of <see langword="null"/>.</remarks>
public readonly struct Status
{
    /// <summary>Success without detail.</summary>
    public static readonly Status DefaultSuccess = new(StatusCode.OK, "");

    /// <summary>Cancellation without detail.</summary>
    public static readonly Status DefaultCancelled = new(StatusCode.Cancelled, "");

    /// <summary>Makes a status without an exception.</summary>
    /// <param name="statusCode">The code.</param>
    /// <param name="detail">A sentence for people; it travels to the other side.</param>
    public Status(StatusCode statusCode, string detail)
        : this(statusCode, detail, null)
    {
    }

    /// <summary>Makes a status that remembers what caused it.</summary>
    /// <param name="statusCode">The code.</param>
    /// <param name="detail">A sentence for people; it travels to the other side.</param>
    /// <param name="debugException">The cause; it never leaves this process and takes no part in the protocol.</param>
    public Status(StatusCode statusCode, string detail, Exception? debugException)
    {
        StatusCode = statusCode;
        Detail = detail;
        DebugException = debugException;
    }

    /// <summary>The code.</summary>
    public StatusCode StatusCode { get; }

    /// <summary>A sentence for people.</summary>
    public string Detail { get; }

    /// <summary>What caused the status on this side, if that is known.</summary>
    public Exception? DebugException { get; }

    /// <summary>Writes code, detail and cause in one line, for logs and exceptions.</summary>
    public override string ToString()
    {
        string cause = DebugException is null ? "" : $", DebugException=\"{DebugException}\"";
        return string.Create(
            CultureInfo.InvariantCulture, $"Status(StatusCode=\"{StatusCode}\", Detail=\"{Detail}\"{cause})");
    }
}
