using System.Buffers;
using System.Text;
using Grpc.Core;

namespace HashMatch.Service.Tests.StandIns;

public class MarshallerTests
{
    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("ünïcode \u2603")]
    public void StringMarshaller_ThereAndBack_GivesTheSame(string text)
    {
        Marshaller<string> marshaller = Marshallers.StringMarshaller;

        string back = marshaller.Deserializer(marshaller.Serializer(text));

        Assert.Equal(text, back);
    }

    [Fact]
    public void Create_OfContextFunctions_WorksOverArrays()
    {
        Marshaller<string> marshaller = Marshallers.Create(
            (string message, SerializationContext context) =>
            {
                context.SetPayloadLength(message.Length);
                context.GetBufferWriter().Write(Encoding.ASCII.GetBytes(message));
                context.Complete();
            },
            (DeserializationContext context) =>
                $"{context.PayloadLength} {Encoding.ASCII.GetString(context.PayloadAsReadOnlySequence())}");

        byte[] bytes = marshaller.Serializer("abc");

        Assert.Equal("abc"u8.ToArray(), bytes);
        Assert.Equal("3 abc", marshaller.Deserializer(bytes));
    }

    [Fact]
    public void Create_OfArrayFunctions_WorksOverContexts()
    {
        Marshaller<byte[]> arrays = Marshallers.Create(bytes => bytes, bytes => bytes);
        Marshaller<byte[]> overContexts =
            Marshallers.Create(arrays.ContextualSerializer, arrays.ContextualDeserializer);

        byte[] back = overContexts.Deserializer(overContexts.Serializer([1, 2, 3]));

        Assert.Equal(new byte[] { 1, 2, 3 }, back);
    }

    [Fact]
    public void Serializer_ThatDoesNotCompleteOnce_IsRefused()
    {
        Marshaller<string> never = Marshallers.Create((string _, SerializationContext _) => { }, NoText);
        Marshaller<string> twice = Marshallers.Create(
            (string _, SerializationContext context) =>
            {
                context.Complete([]);
                context.Complete([]);
            },
            NoText);

        Assert.Throws<InvalidOperationException>(() => never.Serializer("x"));
        Assert.Throws<InvalidOperationException>(() => twice.Serializer("x"));
    }

    [Fact]
    public void Method_Names_MakeThePath()
    {
        var method = new Method<string, string>(
            MethodType.DuplexStreaming,
            "package.Service",
            "Do",
            Marshallers.StringMarshaller,
            Marshallers.StringMarshaller);

        Assert.Equal("/package.Service/Do", method.FullName);
        Assert.Equal(("package.Service", "Do"), (method.ServiceName, method.Name));
        Assert.Equal(MethodType.DuplexStreaming, method.Type);
        Assert.Throws<ArgumentNullException>(() => new Method<string, string>(
            MethodType.Unary, "package.Service", null!, Marshallers.StringMarshaller, Marshallers.StringMarshaller));
    }

    [Fact]
    public void Contexts_WithoutTheirOwnCode_SayThatTheyHaveNone()
    {
        SerializationContext serialization = new BareSerializationContext();
        DeserializationContext deserialization = new BareDeserializationContext();

        Assert.Throws<NotImplementedException>(serialization.Complete);
        Assert.Throws<NotImplementedException>(() => serialization.Complete([]));
        Assert.Throws<NotImplementedException>(serialization.GetBufferWriter);
        Assert.Throws<NotImplementedException>(deserialization.PayloadAsNewBuffer);
        Assert.Throws<NotImplementedException>(() => deserialization.PayloadAsReadOnlySequence().Length);
    }

    private static string NoText(DeserializationContext context)
    {
        return "";
    }

    private sealed class BareSerializationContext : SerializationContext;

    private sealed class BareDeserializationContext : DeserializationContext
    {
        public override int PayloadLength => 0;
    }
}
