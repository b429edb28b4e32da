using System.Buffers.Binary;
using System.Text;

namespace HashMatch.Service.Tests.Hostile;

/// <summary>One HTTP/2 frame, right or wrong, and the bytes that make some.</summary>
public sealed record Frame(FrameKind Kind, byte Flags, int Stream, byte[] Payload)
{
    public const int HeadLength = 9;

    /// <summary>The longest content that any server takes.</summary>
    public const int MaxLength = 16_384;

    // Of DATA and HEADERS; the same bit says "acknowledged" in SETTINGS and PING.
    private const byte EndsStream = 1;
    private const byte EndsHeaders = 4;

    public bool EndOfStream => Kind is FrameKind.Data or FrameKind.Headers && (Flags & EndsStream) != 0;

    /// <summary>What a SETTINGS frame says of one setting.</summary>
    public int? Setting(int name)
    {
        for (ReadOnlySpan<byte> rest = Payload; !rest.IsEmpty; rest = rest[6..])
        {
            if (BinaryPrimitives.ReadUInt16BigEndian(rest) == name)
            {
                return BinaryPrimitives.ReadInt32BigEndian(rest[2..]);
            }
        }

        return null;
    }

    /// <summary>What a peer sends first: the preface and its settings.</summary>
    /// <param name="window">How much the other side may send on a stream before it must wait.</param>
    public static byte[] Greeting(uint window = 65_535) =>
    [
        .. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8,
        // A header table of 0 bytes keeps the answers' headers free of references to earlier ones.
        .. Settings((1, 0), (4, window)),
    ];

    public static byte[] Settings(params (ushort Name, uint Value)[] settings)
    {
        byte[] payload = new byte[settings.Length * 6];
        for (int i = 0; i < settings.Length; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(payload.AsSpan(i * 6), settings[i].Name);
            BinaryPrimitives.WriteUInt32BigEndian(payload.AsSpan((i * 6) + 2), settings[i].Value);
        }

        return Bytes(FrameKind.Settings, 0, 0, payload);
    }

    public static byte[] SettingsTaken() => Bytes(FrameKind.Settings, EndsStream, 0, []);

    public static byte[] Ping(bool answer = false) =>
        Bytes(FrameKind.Ping, answer ? EndsStream : (byte)0, 0, new byte[8]);

    /// <summary>The headers of a gRPC call.</summary>
    public static byte[] Call(int stream, string path, bool end = false, params (string Name, string Value)[] more) =>
        Headers(stream, CallBlock(path, more), end);

    public static byte[] Headers(int stream, byte[] block, bool end = false, bool endHeaders = true) =>
        Bytes(
            FrameKind.Headers, (byte)((end ? EndsStream : 0) | (endHeaders ? EndsHeaders : 0)), stream, block);

    public static byte[] Continuation(int stream, byte[] block, bool endHeaders = false) =>
        Bytes(FrameKind.Continuation, endHeaders ? EndsHeaders : (byte)0, stream, block);

    public static byte[] Data(int stream, ReadOnlySpan<byte> content, bool end = false) =>
        Bytes(FrameKind.Data, end ? EndsStream : (byte)0, stream, content);

    /// <summary>Resets a stream; error 8 is CANCEL.</summary>
    public static byte[] Reset(int stream, uint error = 8) => Bytes(FrameKind.Reset, 0, stream, Number(error));

    public static byte[] WindowUpdate(int stream, uint more) => Bytes(FrameKind.WindowUpdate, 0, stream, Number(more));

    /// <summary>The header block of a gRPC call, each field a literal that enters no table.</summary>
    public static byte[] CallBlock(string path, params (string Name, string Value)[] more) => Block(
        [
            (":method", "POST"),
            (":scheme", "http"),
            (":path", path),
            (":authority", "test"),
            ("content-type", "application/grpc"),
            ("te", "trailers"),
            .. more,
        ]);

    public static byte[] Block(params (string Name, string Value)[] fields)
    {
        using var block = new MemoryStream();
        foreach ((string name, string value) in fields)
        {
            block.WriteByte(0);
            WriteText(block, name);
            WriteText(block, value);
        }

        return block.ToArray();
    }

    public static byte[] Bytes(FrameKind kind, byte flags, int stream, ReadOnlySpan<byte> payload)
    {
        byte[] bytes = new byte[HeadLength + payload.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, ((uint)payload.Length << 8) | (byte)kind);
        bytes[4] = flags;
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(5), stream);
        payload.CopyTo(bytes.AsSpan(HeadLength));
        return bytes;
    }

    private static byte[] Number(uint value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    // A length of 7 bits, more in following bytes of 7 bits each (RFC 7541, section 5.1), and the text without Huffman.
    private static void WriteText(MemoryStream block, string text)
    {
        int rest = text.Length - 127;
        block.WriteByte((byte)Math.Min(text.Length, 127));
        if (rest >= 0)
        {
            for (; rest >= 128; rest >>= 7)
            {
                block.WriteByte((byte)(rest | 128));
            }

            block.WriteByte((byte)rest);
        }

        block.Write(Encoding.ASCII.GetBytes(text));
    }
}
