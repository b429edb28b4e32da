using System.Diagnostics;
using Grpc.Core;
using HashMatch.Protocol;
using HashMatch.Service.Calls;

namespace HashMatch.Service.Feed;

/// <summary>Writes the parts of a snapshot, to a caller who takes them fast enough.</summary>
/// <remarks>
/// A snapshot is read in one transaction. While it lasts SQLite cannot empty its write-ahead log, nor PostgreSQL
/// vacuum, so that what is withdrawn stays in the files. Only the time that the caller took counts.
/// </remarks>
internal sealed class PacedWriter(
    IServerStreamWriter<GetSnapshotResponse> inner, ServerCallContext context, CallLimits limits)
{
    private readonly PatientWriter<GetSnapshotResponse> _writer = new(inner, context, limits.SnapshotIdle);
    private readonly Stopwatch _waited = new();
    private long _taken;

    /// <summary>Writes a part, unless those before it were taken too slowly.</summary>
    /// <exception cref="RpcException">They were, or this one was not taken in time.</exception>
    public async Task WriteAsync(GetSnapshotResponse part, CancellationToken cancellationToken)
    {
        if (_waited.Elapsed > limits.SnapshotGrace + TimeSpan.FromSeconds((double)_taken / limits.SnapshotPace))
        {
            throw Refusals.SnapshotTakenTooSlowly(limits.SnapshotPace);
        }

        _waited.Start();
        await _writer.WriteAsync(part, cancellationToken);
        _waited.Stop();
        _taken += part.CalculateSize();
    }
}
