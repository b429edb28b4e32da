namespace HashMatch.Client;

/// <summary>A mirror cannot be opened, or what the service sent does not verify and was not used.</summary>
/// <remarks>The message says what to do, and never holds a hash.</remarks>
public sealed class HashListMirrorException : Exception
{
    /// <summary>Makes an exception without a message of its own.</summary>
    public HashListMirrorException()
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">What went wrong and what to do.</param>
    public HashListMirrorException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">What went wrong and what to do.</param>
    /// <param name="innerException">What it comes from.</param>
    public HashListMirrorException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
