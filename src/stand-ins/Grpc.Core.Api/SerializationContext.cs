using System.Buffers;

namespace Grpc.Core;

/// <summary>Where a message's bytes go: as one array, or through a buffer writer.</summary>
public abstract class SerializationContext
{
    /// <summary>Hands over the whole message.</summary>
    /// <param name="payload">The bytes; they now belong to the transport.</param>
    public virtual void Complete(byte[] payload)
    {
        throw new NotImplementedException();
    }

    /// <summary>Gets a writer for the bytes, to be followed by <see cref="Complete()"/>.</summary>
    public virtual IBufferWriter<byte> GetBufferWriter()
    {
        throw new NotImplementedException();
    }

    /// <summary>Says how many bytes the message has, before the first is written. Optional.</summary>
    /// <param name="payloadLength">The number of bytes.</param>
    public virtual void SetPayloadLength(int payloadLength)
    {
        // A hint: a transport that has no use for it need not override this.
    }

    /// <summary>Says that everything is written to <see cref="GetBufferWriter"/>.</summary>
    public virtual void Complete()
    {
        throw new NotImplementedException();
    }
}
