using System.Buffers;

namespace Grpc.Core;

/// <summary>Where a message's bytes come from.</summary>
public abstract class DeserializationContext
{
    /// <summary>How many bytes the message has.</summary>
    public abstract int PayloadLength { get; }

    /// <summary>Gets the bytes as an array that belongs to the caller.</summary>
    public virtual byte[] PayloadAsNewBuffer()
    {
        throw new NotImplementedException();
    }

    /// <summary>Gets the bytes without a copy; they are valid only until the deserializer returns.</summary>
    public virtual ReadOnlySequence<byte> PayloadAsReadOnlySequence()
    {
        throw new NotImplementedException();
    }
}
