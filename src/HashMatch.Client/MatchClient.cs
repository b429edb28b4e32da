using System.Runtime.CompilerServices;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using HashMatch.Matching;
using HashMatch.Protocol;

namespace HashMatch.Client;

/// <summary>Asks a HashMatch service which registered entries are near a picture's hash, for a platform.</summary>
/// <remarks>
/// A match is advice to a human reviewer, never proof. Every method throws <see cref="RpcException"/> when the service
/// refuses or cannot be reached; its <see cref="Status.Detail"/> says what to do. Instances may be used from several
/// threads.
/// </remarks>
public sealed class MatchClient : IDisposable
{
    /// <summary>How many hashes one request holds at most.</summary>
    public const int MaxHashesPerRequest = 1_000;

    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(15);

    private readonly GrpcChannel _channel;
    private readonly MatchService.MatchServiceClient _client;
    private readonly Metadata _headers;

    /// <summary>Makes a client of the service at an address. Nothing is sent yet.</summary>
    /// <param name="server">The service's gRPC address, for example <c>http://localhost:5081</c>.</param>
    /// <param name="apiKey">The platform's key, <c>hm_...</c>, with the scope <c>match</c>.</param>
    /// <exception cref="ArgumentException"><paramref name="apiKey"/> is not of printable ASCII characters.</exception>
    public MatchClient(Uri server, string apiKey)
    {
        if (apiKey.Length == 0 || apiKey.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            throw new ArgumentException("An API key is made of printable ASCII characters.", nameof(apiKey));
        }

        _channel = ServiceChannel.To(server);
        _client = new MatchService.MatchServiceClient(_channel);
        _headers = new Metadata { { "authorization", "Bearer " + apiKey } };
    }

    /// <summary>Finds the entries near each hash.</summary>
    /// <param name="hashes">Any number of hashes; they are sent in requests of at most 1,000.</param>
    /// <param name="maxDistance">
    /// The greatest distance of a match, from 0 to the server's maximum; null for the server's default, 31.
    /// </param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The matches of each hash, in the order of <paramref name="hashes"/>, the nearest first.</returns>
    public async Task<IReadOnlyList<HashMatches>> MatchAsync(
        IReadOnlyList<Hash256> hashes, int? maxDistance = null, CancellationToken cancellationToken = default)
    {
        var results = new List<HashMatches>(hashes.Count);
        foreach (Hash256[] batch in hashes.Chunk(MaxHashesPerRequest))
        {
            MatchResponse response = await _client
                .MatchAsync(ToRequest(batch, maxDistance), _headers, DateTime.UtcNow + CallTimeout, cancellationToken)
                .ConfigureAwait(false);
            results.AddRange(response.Results);
        }

        return results;
    }

    /// <summary>Finds the entries near each hash of a stream of batches, over one call that stays open.</summary>
    /// <param name="batches">Batches of 1 to 1,000 hashes each. They are sent ahead of the answers.</param>
    /// <param name="maxDistance">As for <see cref="MatchAsync"/>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>For each batch, in order, the matches of each of its hashes.</returns>
    public async IAsyncEnumerable<IReadOnlyList<HashMatches>> MatchStreamAsync(
        IAsyncEnumerable<IReadOnlyList<Hash256>> batches,
        int? maxDistance = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using AsyncDuplexStreamingCall<MatchStreamRequest, MatchStreamResponse> call =
            _client.MatchStream(_headers, cancellationToken: cancellationToken);
        using var sending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task writer = SendAsync(call.RequestStream, batches, maxDistance, sending.Token);
        try
        {
            while (await call.ResponseStream.MoveNext(cancellationToken).ConfigureAwait(false))
            {
                yield return call.ResponseStream.Current.Response.Results;
            }

            await writer.ConfigureAwait(false);
        }
        finally
        {
            // The caller may stop early, or the call may have failed: either way the sender must not outlive it, and
            // what ended the call is told by the reading side.
            await sending.CancelAsync().ConfigureAwait(false);
            await writer.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Closes the connection.</summary>
    public void Dispose() => _channel.Dispose();

    private static async Task SendAsync(
        IClientStreamWriter<MatchStreamRequest> requests,
        IAsyncEnumerable<IReadOnlyList<Hash256>> batches,
        int? maxDistance,
        CancellationToken cancellationToken)
    {
        try
        {
            await foreach (IReadOnlyList<Hash256> batch
                in batches.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                var request = new MatchStreamRequest { Request = ToRequest(batch, maxDistance) };
                await requests.WriteAsync(request, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            // Also when the batches broke off: the service answers what it got and ends the call, else the reading side
            // would wait for ever.
            await requests.CompleteAsync().ConfigureAwait(false);
        }
    }

    private static MatchRequest ToRequest(IReadOnlyList<Hash256> hashes, int? maxDistance)
    {
        var request = new MatchRequest
        {
            Hashes = { hashes.Select(hash => UnsafeByteOperations.UnsafeWrap(hash.ToByteArray())) },
        };
        if (maxDistance is int distance)
        {
            request.MaxDistance = distance;
        }

        return request;
    }
}
