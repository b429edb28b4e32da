using System.Buffers.Binary;
using Grpc.Core;

namespace HashMatch.Service.Tests.Hostile;

/// <summary>What came back on one stream.</summary>
public sealed class Answer
{
    private readonly Dictionary<string, string> _fields = [];
    private readonly List<byte> _content = [];

    public bool Ended { get; private set; }

    /// <summary>The error of the RST_STREAM that ended the stream.</summary>
    public uint? Reset { get; private set; }

    /// <summary>Whether the whole connection ended before the stream did.</summary>
    public bool ConnectionClosed { get; private set; }

    /// <summary>The error of the GOAWAY that came before the end.</summary>
    public uint? GoAway { get; private set; }

    public string? HttpStatus => _fields.GetValueOrDefault(":status");

    /// <summary>The status of the call; null if there was none.</summary>
    public StatusCode? Status => _fields.TryGetValue("grpc-status", out string? status)
        ? (StatusCode)int.Parse(status, System.Globalization.CultureInfo.InvariantCulture)
        : null;

    public string Message => Uri.UnescapeDataString(_fields.GetValueOrDefault("grpc-message", ""));

    /// <summary>When to try again, as the server says (gRPC A6).</summary>
    public string? Pushback => _fields.GetValueOrDefault("grpc-retry-pushback-ms");

    public byte[] Content => [.. _content];

    public void Take(Frame frame)
    {
        switch (frame.Kind)
        {
            case FrameKind.Headers:
                HeaderBlock.ReadInto(_fields, frame.Payload);
                break;
            case FrameKind.Data:
                _content.AddRange(frame.Payload);
                break;
            case FrameKind.Reset:
                Reset = BinaryPrimitives.ReadUInt32BigEndian(frame.Payload);
                break;
        }

        Ended = frame.EndOfStream || Reset is not null;
    }

    public void Close(uint? goAway)
    {
        ConnectionClosed = true;
        GoAway = goAway;
        Ended = true;
    }

    public override string ToString() => Status is StatusCode status ? $"{status}: {Message}"
        : Reset is uint reset ? $"reset {reset}"
        : ConnectionClosed ? $"closed, go away {GoAway}"
        : $"HTTP {HttpStatus}";
}
