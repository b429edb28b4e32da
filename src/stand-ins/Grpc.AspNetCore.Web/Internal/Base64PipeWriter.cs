using System.Buffers;
using System.Buffers.Text;
using System.IO.Pipelines;

namespace Grpc.AspNetCore.Web.Internal;

/// <summary>
/// Writes base64 into another writer. A flush pads what it has, so that a reader gets every byte of a message with it;
/// padding within the body is what gRPC-Web allows for that.
/// </summary>
internal sealed class Base64PipeWriter(PipeWriter inner) : PipeWriter, IDisposable
{
    private const int LeastBuffer = 4096;

    // The bytes of a group of three that is not full yet, and after them what the caller is writing.
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(LeastBuffer);
    private int _held;

    /// <inheritdoc/>
    public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

    /// <inheritdoc/>
    public override long UnflushedBytes => inner.UnflushedBytes + _held;

    /// <inheritdoc/>
    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        int needed = _held + Math.Max(sizeHint, 1);
        if (_buffer.Length < needed)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(needed);
            _buffer.AsSpan(0, _held).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        return _buffer.AsMemory(_held);
    }

    /// <inheritdoc/>
    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <inheritdoc/>
    public override void Advance(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, _buffer.Length - _held);
        int length = _held + bytes;
        int whole = length - (length % 3);
        Encode(_buffer.AsSpan(0, whole));
        _held = length - whole;
        _buffer.AsSpan(whole, _held).CopyTo(_buffer);
    }

    /// <inheritdoc/>
    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        EncodeHeld();
        return inner.FlushAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override void CancelPendingFlush() => inner.CancelPendingFlush();

    /// <inheritdoc/>
    public override void Complete(Exception? exception = null)
    {
        EncodeHeld();
        inner.Complete(exception);
    }

    /// <summary>Gives the buffer back; nothing can be written any more.</summary>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _held = 0;
    }

    private void EncodeHeld()
    {
        Encode(_buffer.AsSpan(0, _held));
        _held = 0;
    }

    private void Encode(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            ReadOnlySpan<byte> part = bytes[..Math.Min(bytes.Length, LeastBuffer / 4 * 3)];
            Base64.EncodeToUtf8(part, inner.GetSpan(LeastBuffer), out _, out int written);
            inner.Advance(written);
            bytes = bytes[part.Length..];
        }
    }
}
