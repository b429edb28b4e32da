using System.Runtime.CompilerServices;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using HashMatch.Protocol;

namespace HashMatch.Client;

/// <summary>
/// Registers pictures with a HashMatch service, asks after them and withdraws them, for a person at risk.
/// </summary>
/// <remarks>
/// Only hashes and the case key are sent. All calls are safe to repeat with the same key. One that the service cannot
/// take just now, or whose answer is lost, is repeated by itself, up to five times in all and within a minute. Every
/// method throws <see cref="RpcException"/> when the service refuses or still cannot be reached; its
/// <see cref="Status.Detail"/> says what to do. Instances may be used from several threads.
/// </remarks>
public sealed class CaseClient : IDisposable
{
    /// <summary>How many pictures a case holds at most.</summary>
    public const int MaxPicturesPerCase = 1_000;

    // Keeps a request, at about 40 bytes a fingerprint, well under the service's 64 KiB.
    private const int MaxFingerprintsPerRequest = 1_000;

    // Small enough for the progress of a long registration to be seen.
    private const int MaxPicturesPerRequest = 100;

    // An imported list of millions is withdrawn as one case too.
    private static readonly TimeSpan WithdrawTimeout = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan PauseBetweenWithdrawals = TimeSpan.FromSeconds(1);

    private readonly GrpcChannel _channel;
    private readonly CaseService.CaseServiceClient _client;

    /// <summary>Makes a client of the service at an address. Nothing is sent yet.</summary>
    /// <param name="server">The service's gRPC address, for example <c>http://localhost:5081</c>.</param>
    public CaseClient(Uri server)
    {
        _channel = ServiceChannel.To(server);
        _client = new CaseService.CaseServiceClient(_channel);
    }

    /// <summary>Registers pictures, under a new key or once more under one that was used before.</summary>
    /// <param name="key">The case's key.</param>
    /// <param name="ageGroup">Whether the person was under 18 in one of the pictures.</param>
    /// <param name="pictures">The fingerprints of each picture: 1 to 32.</param>
    /// <param name="cancellationToken">Ends the sending; what was acknowledged stays registered.</param>
    /// <returns>
    /// A receipt for each picture, in order, as they are acknowledged: those received before an exception are durable.
    /// </returns>
    public IAsyncEnumerable<PictureReceipt> RegisterAsync(
        CaseKey key,
        AgeGroup ageGroup,
        IReadOnlyList<IReadOnlyList<Hashing.Fingerprint>> pictures,
        CancellationToken cancellationToken = default) =>
        SendAsync(
            pictures,
            async (batch, token) =>
            {
                var request = new RegisterRequest { CaseKey = ToBytes(key), AgeGroup = ageGroup, Pictures = { batch } };
                RegisterResponse response = await _client
                    .RegisterAsync(request, deadline: Deadline(), cancellationToken: token)
                    .ConfigureAwait(false);
                return response.Receipts;
            },
            cancellationToken);

    /// <summary>Adds pictures to a case that exists.</summary>
    /// <inheritdoc cref="RegisterAsync"/>
    public IAsyncEnumerable<PictureReceipt> AddAsync(
        CaseKey key,
        IReadOnlyList<IReadOnlyList<Hashing.Fingerprint>> pictures,
        CancellationToken cancellationToken = default) =>
        SendAsync(
            pictures,
            async (batch, token) =>
            {
                var request = new AddRequest { CaseKey = ToBytes(key), Pictures = { batch } };
                AddResponse response = await _client
                    .AddAsync(request, deadline: Deadline(), cancellationToken: token)
                    .ConfigureAwait(false);
                return response.Receipts;
            },
            cancellationToken);

    /// <summary>Asks what the case holds.</summary>
    /// <param name="key">The case's key.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<GetStatusResponse> GetStatusAsync(CaseKey key, CancellationToken cancellationToken = default) =>
        await _client
            .GetStatusAsync(
                new GetStatusRequest { CaseKey = ToBytes(key) },
                deadline: Deadline(),
                cancellationToken: cancellationToken)
            .ConfigureAwait(false);

    /// <summary>Withdraws the whole case: nothing of it matches any more, and its hashes are erased.</summary>
    /// <remarks>
    /// A case of millions, an imported list, takes the service longer than it lets a call last: it goes on by itself,
    /// and the call is repeated, for ten minutes, until it is done.
    /// </remarks>
    /// <param name="key">The case's key.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>
    /// How many pictures were withdrawn; 0 if the case had been withdrawn before, be it by this very call, whose first
    /// answer was lost.
    /// </returns>
    public Task<int> WithdrawAsync(CaseKey key, CancellationToken cancellationToken = default) =>
        WithdrawAsync(new WithdrawRequest { CaseKey = ToBytes(key), WholeCase = true }, cancellationToken);

    /// <summary>Withdraws one picture of the case.</summary>
    /// <param name="key">The case's key.</param>
    /// <param name="pictureNumber">The number from the picture's receipt, from 1.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>
    /// How many pictures were withdrawn: 1, or 0 if it, or the whole case, had been withdrawn before, as above.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="pictureNumber"/> is below 1.</exception>
    public Task<int> WithdrawPictureAsync(
        CaseKey key, int pictureNumber, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pictureNumber, 1);
        return WithdrawAsync(
            new WithdrawRequest { CaseKey = ToBytes(key), PictureNumber = (uint)pictureNumber }, cancellationToken);
    }

    /// <summary>Closes the connection.</summary>
    public void Dispose() => _channel.Dispose();

    private static async IAsyncEnumerable<PictureReceipt> SendAsync(
        IReadOnlyList<IReadOnlyList<Hashing.Fingerprint>> pictures,
        Func<List<Picture>, CancellationToken, Task<IReadOnlyList<PictureReceipt>>> sendBatchAsync,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (List<Picture> batch in Batches(pictures))
        {
            foreach (PictureReceipt receipt in await sendBatchAsync(batch, cancellationToken).ConfigureAwait(false))
            {
                yield return receipt;
            }
        }
    }

    private static IEnumerable<List<Picture>> Batches(IReadOnlyList<IReadOnlyList<Hashing.Fingerprint>> pictures)
    {
        var batch = new List<Picture>();
        int fingerprints = 0;
        foreach (IReadOnlyList<Hashing.Fingerprint> picture in pictures)
        {
            if (batch.Count == MaxPicturesPerRequest
                || (batch.Count > 0 && fingerprints + picture.Count > MaxFingerprintsPerRequest))
            {
                yield return batch;
                batch = [];
                fingerprints = 0;
            }

            fingerprints += picture.Count;
            batch.Add(new Picture { Fingerprints = { picture.Select(ToMessage) } });
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }

    private static Protocol.Fingerprint ToMessage(Hashing.Fingerprint fingerprint) => new()
    {
        Pdq = UnsafeByteOperations.UnsafeWrap(fingerprint.Hash.ToByteArray()),
        Quality = (uint)fingerprint.Quality,
    };

    private static ByteString ToBytes(CaseKey key) => UnsafeByteOperations.UnsafeWrap(key.ToByteArray());

    private static DateTime Deadline() => DateTime.UtcNow + ServiceChannel.CallTimeout;

    private async Task<int> WithdrawAsync(WithdrawRequest request, CancellationToken cancellationToken)
    {
        DateTime deadline = DateTime.UtcNow + WithdrawTimeout;
        while (true)
        {
            try
            {
                WithdrawResponse response = await _client
                    .WithdrawAsync(request, deadline: deadline, cancellationToken: cancellationToken)
                    .ConfigureAwait(false);
                return (int)response.PicturesWithdrawn;
            }
            catch (RpcException failure) when (failure.StatusCode == StatusCode.DeadlineExceeded
                && DateTime.UtcNow < deadline)
            {
                // The service's own deadline, which is shorter: it is at work on it.
                await Task.Delay(PauseBetweenWithdrawals, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
