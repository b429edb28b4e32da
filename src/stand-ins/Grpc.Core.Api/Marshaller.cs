using System.Buffers;

namespace Grpc.Core;

/// <summary>How messages of one type become bytes and bytes become messages.</summary>
/// <typeparam name="T">The message.</typeparam>
public class Marshaller<T>
{
    /// <summary>Makes a marshaller of functions over arrays.</summary>
    /// <param name="serializer">From message to bytes.</param>
    /// <param name="deserializer">From bytes to message.</param>
    public Marshaller(Func<T, byte[]> serializer, Func<byte[], T> deserializer)
    {
        ArgumentNullException.ThrowIfNull(serializer);
        ArgumentNullException.ThrowIfNull(deserializer);
        Serializer = serializer;
        Deserializer = deserializer;
        ContextualSerializer = (message, context) => context.Complete(serializer(message));
        ContextualDeserializer = context => deserializer(context.PayloadAsNewBuffer());
    }

    /// <summary>Makes a marshaller of functions over contexts, which can do without copies.</summary>
    /// <param name="serializer">From message to bytes.</param>
    /// <param name="deserializer">From bytes to message.</param>
    public Marshaller(Action<T, SerializationContext> serializer, Func<DeserializationContext, T> deserializer)
    {
        ArgumentNullException.ThrowIfNull(serializer);
        ArgumentNullException.ThrowIfNull(deserializer);
        ContextualSerializer = serializer;
        ContextualDeserializer = deserializer;
        Serializer = message =>
        {
            var context = new ArraySerializationContext();
            serializer(message, context);
            return context.ToArray();
        };
        Deserializer = bytes => deserializer(new ArrayDeserializationContext(bytes));
    }

    /// <summary>From message to an array.</summary>
    public Func<T, byte[]> Serializer { get; }

    /// <summary>From an array to message.</summary>
    public Func<byte[], T> Deserializer { get; }

    /// <summary>From message to a context.</summary>
    public Action<T, SerializationContext> ContextualSerializer { get; }

    /// <summary>From a context to message.</summary>
    public Func<DeserializationContext, T> ContextualDeserializer { get; }

    private sealed class ArraySerializationContext : SerializationContext
    {
        private ArrayBufferWriter<byte>? _writer;
        private byte[]? _payload;

        public override IBufferWriter<byte> GetBufferWriter()
        {
            return _writer ??= new ArrayBufferWriter<byte>();
        }

        public override void Complete(byte[] payload)
        {
            ThrowIfComplete();
            _payload = payload;
        }

        public override void Complete()
        {
            ThrowIfComplete();
            _payload = _writer is null ? [] : _writer.WrittenSpan.ToArray();
        }

        public byte[] ToArray()
        {
            return _payload ?? throw new InvalidOperationException("The serializer did not complete its message.");
        }

        private void ThrowIfComplete()
        {
            if (_payload is not null)
            {
                throw new InvalidOperationException("The serializer completed its message twice.");
            }
        }
    }

    private sealed class ArrayDeserializationContext(byte[] payload) : DeserializationContext
    {
        public override int PayloadLength => payload.Length;

        public override byte[] PayloadAsNewBuffer()
        {
            return payload.AsSpan().ToArray();
        }

        public override ReadOnlySequence<byte> PayloadAsReadOnlySequence()
        {
            return new ReadOnlySequence<byte>(payload);
        }
    }
}
