using System.Runtime.InteropServices;
using Microsoft.Extensions.Options;

namespace HashMatch.Service.Calls;

/// <summary>Counts the open streams of each platform, and of all anonymous callers together.</summary>
public sealed class OpenStreams(IOptions<CallLimits> limits)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, int> _counts = [];

    /// <summary>Counts one more stream, until what is returned is disposed of.</summary>
    /// <param name="platform">The platform's id, or null for an anonymous caller.</param>
    /// <exception cref="Grpc.Core.RpcException">The caller has as many as it may have.</exception>
    public IDisposable Enter(long? platform)
    {
        long caller = platform ?? 0;
        lock (_lock)
        {
            ref int count = ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, caller, out _);
            if (count >= limits.Value.StreamsPerCaller)
            {
                throw Refusals.TooManyStreams(limits.Value.StreamsPerCaller);
            }

            count++;
        }

        return new Stay(this, caller);
    }

    private void Leave(long caller)
    {
        lock (_lock)
        {
            if (--_counts[caller] == 0)
            {
                _counts.Remove(caller);
            }
        }
    }

    private sealed class Stay(OpenStreams streams, long caller) : IDisposable
    {
        public void Dispose() => streams.Leave(caller);
    }
}
