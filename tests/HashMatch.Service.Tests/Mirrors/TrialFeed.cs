using System.Collections.Concurrent;
using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Core;
using HashMatch.Matching;
using HashMatch.Protocol;

namespace HashMatch.Service.Tests.Mirrors;

/// <summary>A feed in memory that a test changes at will, and that lies as the test asks.</summary>
public sealed class TrialFeed : FeedService.FeedServiceBase, IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<Change> _changes = [];
    private readonly List<(ECDsa Key, SigningKey Word)> _keys = [];
    private TaskCompletionSource _changed = new();
    private byte[] _epoch = RandomNumberGenerator.GetBytes(16);

    public TrialFeed() => AddKey();

    /// <summary>How many changes a page holds; the contract's 4,096 unless a test wants pages.</summary>
    public int PageSize { get; set; } = 4_096;

    public int Snapshots { get; private set; }

    public int Fetches { get; private set; }

    public int Streams { get; private set; }

    /// <summary>What a call does first, by the name of its method: nothing, or throw.</summary>
    public Action<string> OnCall { get; set; } = _ => { };

    /// <summary>Changes a page before it is sent.</summary>
    public Action<FeedPage> OnPage { get; set; } = _ => { };

    /// <summary>Changes the parts of a snapshot before they are sent.</summary>
    public Action<List<GetSnapshotResponse>> OnSnapshot { get; set; } = _ => { };

    /// <summary>Changes the answer to GetKeys.</summary>
    public Action<GetKeysResponse> OnKeys { get; set; } = _ => { };

    /// <summary>Is awaited between the parts of a snapshot.</summary>
    public Func<Task> BetweenParts { get; set; } = () => Task.CompletedTask;

    /// <summary>All acknowledgements.</summary>
    public ConcurrentQueue<AcknowledgeRequest> Acknowledged { get; } = [];

    /// <summary>How often a stream ends by itself, as with the life of a stream.</summary>
    public TimeSpan StreamLife { get; set; } = Timeout.InfiniteTimeSpan;

    public byte[] KeyId => SHA256.HashData(_keys[^1].Word.PublicKey.Span);

    public byte[] Key => _keys[^1].Word.PublicKey.ToByteArray();

    public ulong Position
    {
        get
        {
            lock (_lock)
            {
                return (ulong)_changes.Count;
            }
        }
    }

    /// <summary>The entry id that goes with a position.</summary>
    public static byte[] IdAt(ulong position) => SHA256.HashData(BitConverter.GetBytes(position))[..16];

    /// <summary>Adds hashes, each at a position of its own, and gives the last position.</summary>
    public ulong Add(params IEnumerable<Hash256> hashes) => Append(hashes.Select(hash =>
    {
        byte[] salt = RandomNumberGenerator.GetBytes(16);
        return new Change(hash, salt, null, FeedDigest.AdditionLeaf(salt, hash.ToByteArray()));
    }));

    /// <summary>Withdraws the addition at a position.</summary>
    public ulong Withdraw(ulong position)
    {
        lock (_lock)
        {
            _changes[(int)position - 1] = _changes[(int)position - 1] with { Hash = null, Salt = null };
        }

        return Append([new Change(null, null, position, FeedDigest.WithdrawalLeaf(position))]);
    }

    /// <summary>Adds a leaf that is of nothing.</summary>
    public ulong AddNothing() => Append([new Change(null, null, null, RandomNumberGenerator.GetBytes(32), true)]);

    /// <summary>Makes a key and signs it with the one before.</summary>
    public void AddKey()
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        ECPoint point = key.ExportParameters(false).Q;
        var word = new SigningKey { PublicKey = ByteString.CopyFrom([.. point.X!, .. point.Y!]) };
        if (_keys.Count > 0)
        {
            word.Signature = ByteString.CopyFrom(
                Sign(_keys[^1].Key, FeedDigest.SignedBytes(word.PublicKey.Span)));
        }

        _keys.Add((key, word));
    }

    /// <summary>Goes back to a position, as a database that was restored, and changes there.</summary>
    public void Rewind(ulong position)
    {
        lock (_lock)
        {
            _changes.RemoveRange((int)position, _changes.Count - (int)position);
        }

        Poke();
    }

    /// <summary>Is another database from here on.</summary>
    public void BeginAnew()
    {
        lock (_lock)
        {
            _changes.Clear();
            _epoch = RandomNumberGenerator.GetBytes(16);
        }

        Poke();
    }

    /// <summary>Signs a checkpoint with the key in use.</summary>
    public void Sign(Checkpoint checkpoint)
    {
        checkpoint.KeyId = ByteString.CopyFrom(KeyId);
        checkpoint.Signature = ByteString.CopyFrom(Sign(_keys[^1].Key, FeedDigest.SignedBytes(checkpoint)));
    }

    /// <summary>All live entries.</summary>
    public List<(ulong Position, Hash256 Hash)> Live()
    {
        lock (_lock)
        {
            return
            [
                .. _changes.Index()
                    .Where(change => change.Item.Hash is not null)
                    .Select(change => ((ulong)change.Index + 1, change.Item.Hash!.Value)),
            ];
        }
    }

    public override Task<GetCheckpointResponse> GetCheckpoint(GetCheckpointRequest request, ServerCallContext context)
    {
        OnCall(nameof(GetCheckpoint));
        return Task.FromResult(new GetCheckpointResponse { Checkpoint = CheckpointAt(Position) });
    }

    public override Task<GetKeysResponse> GetKeys(GetKeysRequest request, ServerCallContext context)
    {
        OnCall(nameof(GetKeys));
        var response = new GetKeysResponse { Keys = { _keys.Select(key => key.Word.Clone()) } };
        OnKeys(response);
        return Task.FromResult(response);
    }

    public override async Task GetSnapshot(
        GetSnapshotRequest request, IServerStreamWriter<GetSnapshotResponse> responseStream, ServerCallContext context)
    {
        OnCall(nameof(GetSnapshot));
        Snapshots++;
        List<GetSnapshotResponse> parts = Snapshot();
        OnSnapshot(parts);
        foreach (GetSnapshotResponse part in parts)
        {
            await responseStream.WriteAsync(part, context.CancellationToken);
            await BetweenParts();
        }
    }

    public override Task<FetchResponse> Fetch(FetchRequest request, ServerCallContext context)
    {
        OnCall(nameof(Fetch));
        Fetches++;
        return Task.FromResult(new FetchResponse { Page = PageAfter(request.After) });
    }

    public override async Task Follow(
        FollowRequest request, IServerStreamWriter<FollowResponse> responseStream, ServerCallContext context)
    {
        OnCall(nameof(Follow));
        Streams++;
        using var life = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        life.CancelAfter(StreamLife);
        FeedPosition after = request.After;
        bool isFirst = true;
        while (!life.IsCancellationRequested)
        {
            Task changed = _changed.Task;
            FeedPage page = PageAfter(after);
            if (isFirst || page.Changes.Count > 0)
            {
                isFirst = false;
                after = page.Checkpoint.At;
                await responseStream.WriteAsync(new FollowResponse { Page = page }, context.CancellationToken);
            }
            else
            {
                await changed.WaitAsync(life.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        throw new RpcException(new Status(StatusCode.DeadlineExceeded, "The stream has had its life."));
    }

    public override Task<AcknowledgeResponse> Acknowledge(AcknowledgeRequest request, ServerCallContext context)
    {
        OnCall(nameof(Acknowledge));
        Acknowledged.Enqueue(request);
        return Task.FromResult(new AcknowledgeResponse());
    }

    /// <summary>Lets open streams look again.</summary>
    public void Poke() => Interlocked.Exchange(ref _changed, new TaskCompletionSource()).TrySetResult();

    public void Dispose() => _keys.ForEach(key => key.Key.Dispose());

    private static byte[] Sign(ECDsa key, byte[] content) =>
        key.SignData(content, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    private ulong Append(IEnumerable<Change> changes)
    {
        lock (_lock)
        {
            _changes.AddRange(changes);
        }

        Poke();
        return Position;
    }

    private byte[] ChainAt(ulong position)
    {
        byte[] chain = FeedDigest.FirstChain(_epoch);
        foreach (Change change in _changes.Take((int)position))
        {
            chain = FeedDigest.Chain(chain, change.Leaf);
        }

        return chain;
    }

    private Checkpoint CheckpointAt(ulong position, byte[]? digest = null)
    {
        lock (_lock)
        {
            int withdrawals = _changes.Take((int)position).Count(change => change.Ends is not null);
            int nothings = _changes.Take((int)position).Count(change => change.IsNothing);
            var checkpoint = new Checkpoint
            {
                At = new FeedPosition
                {
                    Epoch = ByteString.CopyFrom(_epoch),
                    Position = position,
                    Chain = ByteString.CopyFrom(ChainAt(position)),
                },
                LiveCount = position - (2 * (ulong)withdrawals) - (ulong)nothings,
                SnapshotDigest = digest is null ? ByteString.Empty : ByteString.CopyFrom(digest),
                Day = "2026-11-21",
            };
            Sign(checkpoint);
            return checkpoint;
        }
    }

    private FeedPage PageAfter(FeedPosition after)
    {
        FeedPage page;
        lock (_lock)
        {
            if (after.Position > (ulong)_changes.Count
                || !after.Epoch.Span.SequenceEqual(_epoch)
                || !after.Chain.Span.SequenceEqual(ChainAt(after.Position)))
            {
                throw new RpcException(new Status(StatusCode.FailedPrecondition, "Begin afresh with a snapshot."));
            }

            page = new FeedPage { FirstPosition = after.Position + 1 };
            foreach (Change change in _changes.Skip((int)after.Position).Take(PageSize))
            {
                page.Changes.Add(ToMessage(change, after.Position + (ulong)page.Changes.Count + 1));
            }

            page.Checkpoint = CheckpointAt(after.Position + (ulong)page.Changes.Count);
        }

        OnPage(page);
        return page;
    }

    private static FeedChange ToMessage(Change change, ulong position) => change switch
    {
        { Ends: ulong ends } => new FeedChange { Withdrawal = new Withdrawal { Position = ends } },
        { Hash: Hash256 hash } => new FeedChange
        {
            Addition = new Addition
            {
                Hash = ByteString.CopyFrom(hash.ToByteArray()),
                Salt = ByteString.CopyFrom(change.Salt),
                EntryId = ByteString.CopyFrom(IdAt(position)),
            },
        },
        _ => new FeedChange { Leaf = ByteString.CopyFrom(change.Leaf) },
    };

    private List<GetSnapshotResponse> Snapshot()
    {
        lock (_lock)
        {
            List<(ulong Position, Hash256 Hash)> live = Live();
            using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach ((ulong position, Hash256 hash) in live)
            {
                FeedDigest.AppendLive(digest, position, hash.ToByteArray());
            }

            List<GetSnapshotResponse> parts =
            [
                .. live.Chunk(PageSize).Select(chunk => new GetSnapshotResponse
                {
                    Entries =
                    {
                        chunk.Select(entry => new LiveEntry
                        {
                            Position = entry.Position,
                            Hash = ByteString.CopyFrom(entry.Hash.ToByteArray()),
                            EntryId = ByteString.CopyFrom(IdAt(entry.Position)),
                        }),
                    },
                }),
            ];
            parts.Add(new GetSnapshotResponse { Checkpoint = CheckpointAt(Position, digest.GetHashAndReset()) });
            return parts;
        }
    }

    private sealed record Change(Hash256? Hash, byte[]? Salt, ulong? Ends, byte[] Leaf, bool IsNothing = false);
}
