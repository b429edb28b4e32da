namespace HashMatch.Service.Calls;

/// <summary>Reads another stream and refuses to go on past a number of bytes.</summary>
internal sealed class BoundedStream(Stream inner, int maximum) : Stream
{
    private int _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        // One byte more than there may be tells a stream that ends there from one that goes on.
        int read = inner.Read(buffer[..Math.Min(buffer.Length, maximum - _read + 1)]);
        _read += read;
        return _read <= maximum ? read : throw Refusals.MessageTooLarge(maximum);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
