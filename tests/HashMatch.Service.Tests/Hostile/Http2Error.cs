namespace HashMatch.Service.Tests.Hostile;

/// <summary>HTTP/2's error codes (RFC 9113, section 7), as far as the tests meet them.</summary>
public static class Http2Error
{
    public const uint Protocol = 1;
    public const uint Internal = 2;
    public const uint FlowControl = 3;
    public const uint StreamClosed = 5;
    public const uint FrameSize = 6;
    public const uint RefusedStream = 7;
    public const uint Compression = 9;
    public const uint EnhanceYourCalm = 11;
}
