using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using HashMatch.Client;
using HashMatch.Matching;
using HashMatch.Protocol;

namespace HashMatch.Service.Tests.Registry;

/// <summary>
/// Registers and withdraws cases at a service that may fail at any moment, and knows what was acknowledged.
/// </summary>
/// <remarks>Nothing is repeated by itself: an answer is an acknowledgement, and everything else is none.</remarks>
public sealed class Registrars(int count)
{
    private const int HashesPerCase = 3;
    private const int HashesPerQuestion = 999;

    private readonly List<SentCase> _sent = [];

    // Chance is enough for these: nothing depends on which they are.
    private readonly Random _random = new(1);

    /// <summary>How many registrations and withdrawals were acknowledged.</summary>
    public int Acknowledged { get; private set; }

    /// <summary>How many calls failed, each in a way that says to try again.</summary>
    public int Failed { get; private set; }

    /// <summary>Sends until it is cancelled, or, if asked to stop at a failure, each until its first.</summary>
    public async Task RunAsync(Uri address, bool stopAtFailure, CancellationToken cancellationToken)
    {
        using var channel = GrpcChannel.ForAddress(address);
        var client = new CaseService.CaseServiceClient(channel);
        await Task.WhenAll(Enumerable.Range(0, count).Select(async _ =>
        {
            bool works = true;
            while (!cancellationToken.IsCancellationRequested && (works || !stopAtFailure))
            {
                works = await SendAsync(client, Next());
                if (!works)
                {
                    await Task.Delay(25, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
            }
        }));
    }

    /// <summary>Repeats what was sent and not acknowledged; now all of it must be.</summary>
    public async Task RetryAsync(Uri address)
    {
        using var client = new CaseClient(address);
        var together = new ParallelOptions { MaxDegreeOfParallelism = count };
        await Parallel.ForEachAsync(_sent.Where(sent => !sent.IsRegistered), together, async (sent, token) =>
        {
            List<PictureReceipt> receipts = await client.RegisterAsync(sent.Key, [.. sent.Hashes]);
            Assert.Equal([1u, 2u, 3u], receipts.Select(receipt => receipt.Number));
            sent.IsRegistered = true;
        });
        await Parallel.ForEachAsync(
            _sent.Where(sent => sent.IsWithdrawalSent && !sent.IsWithdrawn), together, async (sent, token) =>
            {
                await client.WithdrawAsync(sent.Key, token);
                sent.IsWithdrawn = true;
            });
    }

    /// <summary>Fails unless all that was registered matches and all that was withdrawn does not.</summary>
    /// <remarks>What was sent and not acknowledged may have come to pass or not, but as a whole.</remarks>
    public async Task AssertKeptAsync(MatchClient platform)
    {
        foreach (SentCase[] some in _sent.Chunk(HashesPerQuestion / HashesPerCase))
        {
            IReadOnlyList<HashMatches> results =
                await platform.MatchAsync([.. some.SelectMany(sent => sent.Hashes)], maxDistance: 0);
            foreach ((int i, SentCase sent) in some.Index())
            {
                int[] found = [.. results.Skip(i * HashesPerCase).Take(HashesPerCase).Select(r => r.Matches.Count)];
                int expected = sent.IsWithdrawn ? 0
                    : sent.IsRegistered && !sent.IsWithdrawalSent ? 1
                    : found[0];
                Assert.Equal([expected, expected, expected], found);
            }
        }
    }

    /// <summary>As <see cref="AssertKeptAsync"/>, but gives the sequencer time for what came last.</summary>
    public async Task AssertKeptEventuallyAsync(MatchClient platform)
    {
        int held = Held().Count;
        var patience = System.Diagnostics.Stopwatch.StartNew();
        while (await CountAsync(platform) < held && patience.Elapsed < TimeSpan.FromSeconds(20))
        {
            await Task.Delay(20);
        }

        await AssertKeptAsync(platform);
    }

    /// <summary>The hashes that must be on the list once all was acknowledged.</summary>
    public HashSet<Hash256> Held() =>
        [.. _sent.Where(sent => !sent.IsWithdrawn).SelectMany(sent => sent.Hashes)];

    private async Task<int> CountAsync(MatchClient platform)
    {
        int count = 0;
        foreach (Hash256[] some in Held().Chunk(HashesPerQuestion))
        {
            IReadOnlyList<HashMatches> results = await platform.MatchAsync(some, maxDistance: 0);
            count += results.Count(result => result.Matches.Count > 0);
        }

        return count;
    }

    private SentCase Next()
    {
        lock (_sent)
        {
            SentCase? held = _random.Next(3) == 0
                ? _sent.LastOrDefault(sent => sent.IsRegistered && !sent.IsWithdrawalSent)
                : null;
            if (held is not null)
            {
                held.IsWithdrawalSent = true;
                return held;
            }

            int seed = _sent.Count * HashesPerCase;
            _sent.Add(new SentCase
            {
                Hashes = [.. Enumerable.Range(seed, HashesPerCase).Select(TestHashes.Make)],
            });
            return _sent[^1];
        }
    }

    private async Task<bool> SendAsync(CaseService.CaseServiceClient client, SentCase sent)
    {
        var key = ByteString.CopyFrom(sent.Key.ToByteArray());
        try
        {
            if (sent.IsWithdrawalSent)
            {
                await client.WithdrawAsync(new WithdrawRequest { CaseKey = key, WholeCase = true });
                sent.IsWithdrawn = true;
            }
            else
            {
                await client.RegisterAsync(new RegisterRequest
                {
                    CaseKey = key,
                    AgeGroup = AgeGroup.Adult,
                    Pictures =
                    {
                        sent.Hashes.Select(hash => new Picture
                        {
                            Fingerprints =
                            {
                                new Fingerprint { Pdq = ByteString.CopyFrom(hash.ToByteArray()), Quality = 100 },
                            },
                        }),
                    },
                });
                sent.IsRegistered = true;
            }

            lock (_sent)
            {
                Acknowledged++;
            }

            return true;
        }
        catch (RpcException failure)
        {
            // A fault (INTERNAL) or an end for no reason (CANCELLED) would keep a client from trying again.
            Assert.Equal(StatusCode.Unavailable, failure.StatusCode);
            lock (_sent)
            {
                Failed++;
            }

            return false;
        }
    }
}
