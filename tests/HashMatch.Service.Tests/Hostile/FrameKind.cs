namespace HashMatch.Service.Tests.Hostile;

/// <summary>The kinds of HTTP/2 frames (RFC 9113, section 6).</summary>
public enum FrameKind : byte
{
    Data,
    Headers,
    Priority,
    Reset,
    Settings,
    Push,
    Ping,
    GoAway,
    WindowUpdate,
    Continuation,
}
