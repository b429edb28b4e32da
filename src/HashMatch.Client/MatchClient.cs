using System.Runtime.CompilerServices;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using HashMatch.Client.Views;
using HashMatch.Hashing;
using HashMatch.Matching;
using HashMatch.Protocol;

namespace HashMatch.Client;

/// <summary>
/// Asks a HashMatch service which registered entries are near a picture's hash, and tells it what was done about them,
/// for a platform.
/// </summary>
/// <remarks>
/// A match is advice to a human reviewer, never proof. A call that the service cannot take just now, or whose answer is
/// lost, is repeated by itself: that is safe, as matching changes nothing and a report twice is as one. Every method
/// throws <see cref="RpcException"/> when the service refuses or, after a few attempts, cannot be reached; its
/// <see cref="Status.Detail"/> says what to do. Instances may be used from several threads.
/// </remarks>
public sealed class MatchClient : IDisposable
{
    /// <summary>How many hashes one request holds at most.</summary>
    public const int MaxHashesPerRequest = 1_000;

    /// <summary>How many reports one request holds at most.</summary>
    public const int MaxReportsPerRequest = 1_000;

    private readonly GrpcChannel _channel;
    private readonly MatchService.MatchServiceClient _client;
    private readonly OutcomeService.OutcomeServiceClient _outcomes;
    private readonly Metadata _headers;

    /// <summary>Makes a client of the service at an address. Nothing is sent yet.</summary>
    /// <param name="server">The service's gRPC address, for example <c>http://localhost:5081</c>.</param>
    /// <param name="apiKey">The platform's key, <c>hm_...</c>, with the scopes that the calls need.</param>
    /// <exception cref="ArgumentException"><paramref name="apiKey"/> is not of printable ASCII characters.</exception>
    public MatchClient(Uri server, string apiKey)
    {
        if (apiKey.Length == 0 || apiKey.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            throw new ArgumentException("An API key is made of printable ASCII characters.", nameof(apiKey));
        }

        _channel = ServiceChannel.To(server);
        _client = new MatchService.MatchServiceClient(_channel);
        _outcomes = new OutcomeService.OutcomeServiceClient(_channel);
        _headers = new Metadata { { "authorization", "Bearer " + apiKey } };
    }

    /// <summary>When a stream is given up; shorter in tests.</summary>
    internal StreamRetries StreamRetries { get; init; } = StreamRetries.Default;

    /// <summary>Finds the entries near each hash. It takes the scope <c>match</c>.</summary>
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
                .MatchAsync(
                    ToRequest(batch, maxDistance),
                    _headers,
                    DateTime.UtcNow + ServiceChannel.CallTimeout,
                    cancellationToken)
                .ConfigureAwait(false);
            results.AddRange(response.Results);
        }

        return results;
    }

    /// <summary>Finds the entries that show the same photo as pictures of which the views are given.</summary>
    /// <remarks>
    /// It takes the scope <c>match</c>; a key without the scope <c>distance</c> gets the same tiers. All hashes of all
    /// pictures go into few requests: of a <see cref="QueryViews.Wide"/> picture, its negatives included, up to 80.
    /// Negatives are looked up of the views that are given turned too.
    /// The service's maximum distance must not be below those of <see cref="MatchTiers"/>.
    /// </remarks>
    /// <param name="pictures">For each picture its views, as <see cref="ViewHasher.Query"/> gave them.</param>
    /// <param name="views">The set that they are of: <see cref="MatchTiers"/> says how near each view must be.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>For each picture the entries of both tiers, each once by its best view, the surest first.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such set or turn.</exception>
    public async Task<IReadOnlyList<IReadOnlyList<PictureMatch>>> MatchPicturesAsync(
        IReadOnlyList<IReadOnlyList<PictureView>> pictures,
        QueryViews views,
        CancellationToken cancellationToken = default)
    {
        var lookup = new PictureLookup(pictures, views);
        var service = new ServiceLookup((hashes, distance, token) => MatchAsync(hashes, distance, token));
        await service.RunAsync(lookup, cancellationToken).ConfigureAwait(false);
        return lookup.Results();
    }

    /// <summary>Finds the entries near each hash of a stream of batches.</summary>
    /// <remarks>
    /// The service ends a call that is silent for a minute, or an hour old; connections break and services are started
    /// again. What was unanswered then is sent again over another call, so that each batch is answered once, in order.
    /// It is given up after 10 calls in a row without a single answer, which takes about 13 seconds; a refusal that
    /// another attempt cannot cure is thrown at once.
    /// </remarks>
    /// <param name="batches">
    /// Batches of 1 to 1,000 hashes each, at any pace. At most 64 are taken and sent ahead of their answers. What it
    /// throws is thrown on, after the answers to what it gave before. It should heed its cancellation token: it is
    /// cancelled when the answers are not asked for any more, and waited for at most a second then.
    /// </param>
    /// <param name="maxDistance">As for <see cref="MatchAsync"/>.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    /// <returns>For each batch, in order, the matches of each of its hashes.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async IAsyncEnumerable<IReadOnlyList<HashMatches>> MatchStreamAsync(
        IAsyncEnumerable<IReadOnlyList<Hash256>> batches,
        int? maxDistance = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var stream = new MatchStream(
            batches.Select(batch => new MatchStreamRequest { Request = ToRequest(batch, maxDistance) }),
            () => _client.MatchStream(_headers, cancellationToken: cancellationToken),
            StreamRetries,
            cancellationToken);
        await using ConfiguredAsyncDisposable ending = stream.ConfigureAwait(false);
        while (await stream.NextAsync().ConfigureAwait(false) is MatchResponse answer)
        {
            yield return answer.Results;
        }
    }

    /// <summary>Says what was done about entries. It takes the scope <c>feedback</c>.</summary>
    /// <remarks>
    /// What the platform said last of an entry stands in place of what it said before. The persons who had registered
    /// the entry on an earlier day are told how many platforms said what, from the Monday after.
    /// </remarks>
    /// <param name="reports">
    /// Any number of reports, each with an id as a match answer or a mirror of this platform gave it; they are sent in
    /// requests of at most 1,000. Of several on one entry the last counts.
    /// </param>
    /// <param name="cancellationToken">Ends the call; what was acknowledged stays recorded.</param>
    /// <returns>
    /// A receipt for each report, in order: whether it is recorded, or the entry is not on the list any more.
    /// </returns>
    public async Task<IReadOnlyList<ReportReceipt>> ReportAsync(
        IReadOnlyList<OutcomeReport> reports, CancellationToken cancellationToken = default)
    {
        var receipts = new List<ReportReceipt>(reports.Count);
        foreach (OutcomeReport[] batch in reports.Chunk(MaxReportsPerRequest))
        {
            ReportResponse response = await _outcomes
                .ReportAsync(
                    new ReportRequest { Reports = { batch } },
                    _headers,
                    DateTime.UtcNow + ServiceChannel.CallTimeout,
                    cancellationToken)
                .ConfigureAwait(false);
            receipts.AddRange(response.Receipts);
        }

        return receipts;
    }

    /// <summary>Closes the connection.</summary>
    public void Dispose() => _channel.Dispose();

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
