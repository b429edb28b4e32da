using System.Buffers;
using System.Buffers.Text;
using System.IO.Pipelines;
using Grpc.Core;

namespace Grpc.AspNetCore.Web.Internal;

/// <summary>
/// Reads a body of base64 as the bytes that it means, as they come. The body may be cut into chunks anywhere, and
/// padding may stand within it: each piece that a client encoded by itself ends with its own.
/// </summary>
internal sealed class Base64RequestStream(PipeReader inner) : Stream
{
    private const int Group = 4;
    private const int GroupBytes = 3;
    private const int Malformed = -1;

    // What of a group of four characters did not fit into the caller's buffer.
    private readonly byte[] _rest = new byte[GroupBytes];
    private int _restStart;
    private int _restEnd;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    /// <exception cref="RpcException">The body is not base64, or ends within a group of four characters.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
        {
            return 0;
        }

        int given = TakeRest(buffer.Span);
        while (given == 0)
        {
            ReadResult read = await inner.ReadAsync(cancellationToken);
            given = Decode(read.Buffer, buffer.Span, out SequencePosition consumed);
            bool cutShort = given == 0 && read.IsCompleted && !read.Buffer.IsEmpty;

            // Before anything is thrown: a read that is left open breaks the connection, and the refusal with it.
            inner.AdvanceTo(consumed, given == 0 ? read.Buffer.End : consumed);
            if (given == Malformed || cutShort)
            {
                throw new RpcException(new Status(StatusCode.InvalidArgument, "The request is not valid base64."));
            }

            if (read.IsCanceled)
            {
                throw new OperationCanceledException(cancellationToken);
            }

            if (read.IsCompleted && given == 0)
            {
                break;
            }
        }

        return given;
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int TakeRest(Span<byte> destination)
    {
        int taken = Math.Min(_restEnd - _restStart, destination.Length);
        _rest.AsSpan(_restStart, taken).CopyTo(destination);
        _restStart += taken;
        return taken;
    }

    // Decodes the whole groups at the front: those that fit, of the first segment, or a single one that does not fit or
    // that lies across segments. Gives how many bytes they made, or Malformed.
    private int Decode(ReadOnlySequence<byte> text, Span<byte> destination, out SequencePosition consumed)
    {
        consumed = text.Start;
        if (text.Length < Group)
        {
            return 0;
        }

        int groups = Math.Min(text.FirstSpan.Length / Group, destination.Length / GroupBytes);
        if (groups > 0)
        {
            ReadOnlySpan<byte> piece = UpToPadding(text.FirstSpan[..(groups * Group)]);
            consumed = text.GetPosition(piece.Length);
            return DecodePiece(piece, destination);
        }

        Span<byte> one = stackalloc byte[Group];
        text.Slice(0, Group).CopyTo(one);
        consumed = text.GetPosition(Group);
        int decoded = DecodePiece(one, _rest);
        _restStart = 0;
        _restEnd = Math.Max(decoded, 0);
        return decoded == Malformed ? Malformed : TakeRest(destination);
    }

    // A padded group ends a piece of base64; what follows it begins anew.
    private static ReadOnlySpan<byte> UpToPadding(ReadOnlySpan<byte> groups)
    {
        int padding = groups.IndexOf((byte)'=');
        return padding < 0 ? groups : groups[..((padding / Group * Group) + Group)];
    }

    private static int DecodePiece(ReadOnlySpan<byte> piece, Span<byte> destination)
    {
        int padding = piece[^1] != '=' ? 0 : piece[^2] != '=' ? 1 : 2;
        OperationStatus status = Base64.DecodeFromUtf8(piece, destination, out int read, out int written);

        // The decoder passes over white space, which has no place here: then it wrote less than the groups hold.
        return status == OperationStatus.Done
            && read == piece.Length
            && written == (piece.Length / Group * GroupBytes) - padding
                ? written
                : Malformed;
    }
}
