using System.Security.Cryptography;
using Google.Protobuf;
using HashMatch.Matching;
using HashMatch.Protocol;

namespace HashMatch.Service.Tests.Feed;

/// <summary>The feed as feed.proto defines it, followed and verified step by step.</summary>
public sealed class FeedCopy(IEnumerable<SigningKey> keys)
{
    private readonly List<SigningKey> _keys = [.. keys];

    private FeedPosition? _at;

    public SortedDictionary<ulong, (Hash256 Hash, ByteString Id)> Live { get; } = [];

    /// <summary>The hash of each addition that was seen with its content, in their order.</summary>
    public List<Hash256> Added { get; } = [];

    public int Leaves { get; private set; }

    public int Withdrawals { get; private set; }

    public FeedPosition At => _at!;

    public IEnumerable<Hash256> Hashes => Live.Values.Select(entry => entry.Hash);

    public static FeedPosition Start(ByteString epoch) =>
        new() { Epoch = epoch, Chain = ByteString.CopyFrom(FeedDigest.FirstChain(epoch.Span)) };

    /// <summary>Makes a copy that begins before the first change.</summary>
    public static async Task<FeedCopy> BeginAsync(FeedCaller caller)
    {
        Checkpoint end = await caller.CheckpointAsync();
        return new FeedCopy(await caller.KeysAsync()) { _at = Start(end.At.Epoch) };
    }

    /// <summary>Makes a copy from a snapshot.</summary>
    public static async Task<FeedCopy> SnapshotAsync(FeedCaller caller)
    {
        var copy = new FeedCopy(await caller.KeysAsync());
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Checkpoint? last = null;
        await foreach (GetSnapshotResponse part in caller.SnapshotAsync())
        {
            Assert.Null(last);
            Assert.InRange(part.Entries.Count, 0, 4096);
            foreach (LiveEntry entry in part.Entries)
            {
                Assert.True(copy.Live.Count == 0 || entry.Position > copy.Live.Keys.Last());
                FeedDigest.AppendLive(digest, entry.Position, entry.Hash.Span);
                copy.Live.Add(entry.Position, (new Hash256(entry.Hash.Span), entry.EntryId));
            }

            last = part.Checkpoint;
        }

        Assert.Equal(digest.GetHashAndReset(), last!.SnapshotDigest.ToByteArray());
        copy._at = last.At;
        copy.Verify(last);
        return copy;
    }

    /// <summary>Fetches until nothing more comes.</summary>
    public async Task<FeedCopy> FetchAllAsync(FeedCaller caller)
    {
        while (true)
        {
            FeedPage page = await caller.FetchAsync(At);
            Apply(page);
            if (page.Changes.Count == 0)
            {
                return this;
            }
        }
    }

    /// <summary>Applies a page, of which every digest is computed anew.</summary>
    public void Apply(FeedPage page)
    {
        Assert.InRange(page.Changes.Count, 0, 4096);
        Assert.Equal(At.Position + 1, page.FirstPosition);
        ulong position = At.Position;
        byte[] chain = At.Chain.ToByteArray();
        foreach (FeedChange change in page.Changes)
        {
            position++;
            chain = FeedDigest.Chain(chain, Apply(position, change));
        }

        Assert.Equal(position, page.Checkpoint.At.Position);
        Assert.Equal(chain, page.Checkpoint.At.Chain.ToByteArray());
        Assert.Equal(At.Epoch, page.Checkpoint.At.Epoch);
        Assert.Empty(page.Checkpoint.SnapshotDigest);
        _at = page.Checkpoint.At;
        Verify(page.Checkpoint);
    }

    private byte[] Apply(ulong position, FeedChange change)
    {
        switch (change.ContentCase)
        {
            case FeedChange.ContentOneofCase.Addition:
                Assert.Equal(16, change.Addition.EntryId.Length);
                var hash = new Hash256(change.Addition.Hash.Span);
                Added.Add(hash);
                Live.Add(position, (hash, change.Addition.EntryId));
                return FeedDigest.AdditionLeaf(change.Addition.Salt.Span, change.Addition.Hash.Span);
            case FeedChange.ContentOneofCase.Withdrawal:
                Assert.InRange(change.Withdrawal.Position, 1ul, position - 1);
                Live.Remove(change.Withdrawal.Position);
                Withdrawals++;
                return FeedDigest.WithdrawalLeaf(change.Withdrawal.Position);
            default:
                Assert.Equal(FeedChange.ContentOneofCase.Leaf, change.ContentCase);
                Leaves++;
                return change.Leaf.ToByteArray();
        }
    }

    private void Verify(Checkpoint checkpoint)
    {
        // At the end of a page in the middle, what was withdrawn later is live but has come as a leaf alone.
        if (Leaves == 0)
        {
            Assert.Equal(checkpoint.LiveCount, (ulong)Live.Count);
        }

        SigningKey key = _keys.Single(
            key => SHA256.HashData(key.PublicKey.Span).AsSpan().SequenceEqual(checkpoint.KeyId.Span));
        Assert.True(IsSigned(key, FeedDigest.SignedBytes(checkpoint), checkpoint.Signature.ToByteArray()));
    }

    public static bool IsSigned(SigningKey key, byte[] bytes, byte[] signature)
    {
        byte[] point = key.PublicKey.ToByteArray();
        using var ecdsa = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = point[..32], Y = point[32..] },
        });
        return ecdsa.VerifyData(bytes, signature, HashAlgorithmName.SHA256);
    }
}
