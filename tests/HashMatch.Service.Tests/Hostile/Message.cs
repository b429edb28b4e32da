using System.Buffers.Binary;
using System.IO.Compression;
using Google.Protobuf;

namespace HashMatch.Service.Tests.Hostile;

/// <summary>Messages as gRPC frames them: a flag, a length of four bytes, the content.</summary>
public static class Message
{
    public static byte[] Of(IMessage content) => Of(content.ToByteArray());

    /// <summary>Frames a content, with the truth or a lie about its length.</summary>
    public static byte[] Of(byte[] content, byte flag = 0, uint? length = null)
    {
        byte[] message = new byte[5 + content.Length];
        message[0] = flag;
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(1), length ?? (uint)content.Length);
        content.CopyTo(message, 5);
        return message;
    }

    /// <summary>A content of exactly this many bytes that any message may have: a field that nobody knows.</summary>
    public static byte[] Padding(int length)
    {
        using var content = new MemoryStream();
        using (var output = new CodedOutputStream(content, leaveOpen: true))
        {
            const int UnknownField = 1_000;
            int size = length - 2 - CodedOutputStream.ComputeUInt32Size((uint)length);
            output.WriteTag(UnknownField, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(ByteString.CopyFrom(new byte[size]));
        }

        Assert.Equal(length, content.Length);
        return content.ToArray();
    }

    public static byte[] Zip(ReadOnlySpan<byte> content)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.SmallestSize))
        {
            gzip.Write(content);
        }

        return zipped.ToArray();
    }

    /// <summary>Many zeros in few bytes.</summary>
    public static byte[] Bomb(long inflated)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            byte[] zeros = new byte[1 << 20];
            for (long rest = inflated; rest > 0; rest -= zeros.Length)
            {
                gzip.Write(zeros.AsSpan(0, (int)Math.Min(rest, zeros.Length)));
            }
        }

        return zipped.ToArray();
    }
}
