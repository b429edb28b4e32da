namespace Grpc.Core;

/// <summary>What a client says about one call. The value never changes: each <c>With</c> gives a new one.</summary>
/// <remarks>The default value asks for nothing: no headers, no deadline, no cancellation.</remarks>
public readonly struct CallOptions
{
    /// <summary>Makes options.</summary>
    /// <param name="headers">Headers to send before the first message.</param>
    /// <param name="deadline">When the call ends at the latest, in UTC; null for never.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    /// <param name="writeOptions">How requests are written.</param>
    /// <param name="propagationToken">The context of a call that is being served meanwhile.</param>
    /// <param name="credentials">Credentials for this call alone.</param>
    public CallOptions(
        Metadata? headers = null,
        DateTime? deadline = null,
        CancellationToken cancellationToken = default,
        WriteOptions? writeOptions = null,
        ContextPropagationToken? propagationToken = null,
        CallCredentials? credentials = null)
    {
        Headers = headers;
        Deadline = deadline;
        CancellationToken = cancellationToken;
        WriteOptions = writeOptions;
        PropagationToken = propagationToken;
        Credentials = credentials;
    }

    /// <summary>Headers to send before the first message.</summary>
    public Metadata? Headers { get; private init; }

    /// <summary>When the call ends at the latest, in UTC; null for never.</summary>
    public DateTime? Deadline { get; private init; }

    /// <summary>Ends the call early.</summary>
    public CancellationToken CancellationToken { get; private init; }

    /// <summary>How requests are written.</summary>
    public WriteOptions? WriteOptions { get; private init; }

    /// <summary>The context of a call that is being served meanwhile.</summary>
    public ContextPropagationToken? PropagationToken { get; private init; }

    /// <summary>Credentials for this call alone.</summary>
    public CallCredentials? Credentials { get; private init; }

    /// <summary>Whether the call waits for a connection instead of failing when there is none.</summary>
    public bool IsWaitForReady { get; private init; }

    /// <summary>The same with other headers.</summary>
    /// <param name="headers">The headers.</param>
    public CallOptions WithHeaders(Metadata headers)
    {
        return this with { Headers = headers };
    }

    /// <summary>The same with another deadline.</summary>
    /// <param name="deadline">The deadline, in UTC.</param>
    public CallOptions WithDeadline(DateTime deadline)
    {
        return this with { Deadline = deadline };
    }

    /// <summary>The same with another token.</summary>
    /// <param name="cancellationToken">The token.</param>
    public CallOptions WithCancellationToken(CancellationToken cancellationToken)
    {
        return this with { CancellationToken = cancellationToken };
    }

    /// <summary>The same with other write options.</summary>
    /// <param name="writeOptions">The write options.</param>
    public CallOptions WithWriteOptions(WriteOptions writeOptions)
    {
        return this with { WriteOptions = writeOptions };
    }

    /// <summary>The same with another context.</summary>
    /// <param name="propagationToken">The context.</param>
    public CallOptions WithPropagationToken(ContextPropagationToken propagationToken)
    {
        return this with { PropagationToken = propagationToken };
    }

    /// <summary>The same with other credentials.</summary>
    /// <param name="credentials">The credentials.</param>
    public CallOptions WithCredentials(CallCredentials credentials)
    {
        return this with { Credentials = credentials };
    }

    /// <summary>The same, waiting for a connection or not.</summary>
    /// <param name="waitForReady">Whether the call waits.</param>
    public CallOptions WithWaitForReady(bool waitForReady = true)
    {
        return this with { IsWaitForReady = waitForReady };
    }
}
