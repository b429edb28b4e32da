using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Grpc.AspNetCore.Web.Internal;

/// <summary>The last frame of a gRPC-Web answer: flag 0x80, 4 bytes of length, the trailers as HTTP/1 lines.</summary>
internal static class TrailerFrame
{
    private const byte Flag = 0x80;

    /// <summary>Writes the frame.</summary>
    /// <exception cref="InvalidOperationException">A trailer is not printable ASCII: it could pass for two.</exception>
    public static void Write(IBufferWriter<byte> writer, IHeaderDictionary trailers)
    {
        var lines = new StringBuilder();
        foreach ((string name, StringValues values) in trailers)
        {
            foreach (string? value in values)
            {
                lines.Append(Checked(name).ToLowerInvariant()).Append(": ").Append(Checked(value ?? "")).Append("\r\n");
            }
        }

        Span<byte> head = stackalloc byte[5];
        head[0] = Flag;
        BinaryPrimitives.WriteInt32BigEndian(head[1..], lines.Length);
        writer.Write(head);
        writer.Write(Encoding.ASCII.GetBytes(lines.ToString()));
    }

    private static string Checked(string text) => text.AsSpan().ContainsAnyExceptInRange(' ', '~')
        ? throw new InvalidOperationException("A trailer holds a character that is not printable ASCII.")
        : text;
}
