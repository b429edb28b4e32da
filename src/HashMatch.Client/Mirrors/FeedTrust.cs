using System.Security.Cryptography;
using HashMatch.Protocol;

namespace HashMatch.Client.Mirrors;

/// <summary>Verifies checkpoints under the pinned key and the successors that it signed.</summary>
internal sealed class FeedTrust : IDisposable
{
    private const int MaxKeys = 100;
    private const int KeySize = 64;
    private const int SignatureSize = 64;
    private const int DaySize = 10;

    private readonly Func<CancellationToken, Task<IReadOnlyList<SigningKey>>> _getKeys;
    private readonly Action<MirrorIdentity> _onChanged;
    private ECDsa? _key;

    /// <summary>Trusts what an identity says.</summary>
    /// <param name="identity">The pinned key, if there is one.</param>
    /// <param name="getKeys">Asks the service for its keys.</param>
    /// <param name="onChanged">Keeps the identity when another key is trusted.</param>
    /// <exception cref="HashListMirrorException">The pinned key is none.</exception>
    public FeedTrust(
        MirrorIdentity identity,
        Func<CancellationToken, Task<IReadOnlyList<SigningKey>>> getKeys,
        Action<MirrorIdentity> onChanged)
    {
        Identity = identity;
        _getKeys = getKeys;
        _onChanged = onChanged;
        _key = identity.Key is byte[] key ? Import(key) : null;
    }

    /// <summary>What is trusted now.</summary>
    public MirrorIdentity Identity { get; private set; }

    /// <summary>The id of the key that is trusted now, or null.</summary>
    public byte[]? KeyId => Identity.Key is byte[] key ? SHA256.HashData(key) : Identity.RootId;

    /// <summary>Verifies a checkpoint's form and signature. Another key is trusted only if that is right.</summary>
    /// <exception cref="HashListMirrorException">It does not verify.</exception>
    public async Task VerifyAsync(Checkpoint? checkpoint, CancellationToken cancellationToken)
    {
        if (checkpoint?.At is not { Epoch.Length: FeedDigest.EpochByteCount, Chain.Length: FeedDigest.ByteCount }
            || checkpoint.SnapshotDigest.Length is not (0 or FeedDigest.ByteCount)
            || checkpoint.Day.Length != DaySize
            || checkpoint.Day.AsSpan().ContainsAnyExceptInRange('-', '9')
            || checkpoint.KeyId.Length != FeedDigest.ByteCount
            || checkpoint.Signature.Length != SignatureSize)
        {
            throw new HashListMirrorException("The service's checkpoint is malformed. Nothing of it was used.");
        }

        if (_key is not null && checkpoint.KeyId.Span.SequenceEqual(KeyId))
        {
            CheckSignature(_key, checkpoint);
            return;
        }

        byte[] point = Follow(await _getKeys(cancellationToken).ConfigureAwait(false), checkpoint.KeyId.Span);
        ECDsa key = Import(point);
        try
        {
            CheckSignature(key, checkpoint);
        }
        catch (HashListMirrorException)
        {
            key.Dispose();
            throw;
        }

        _key?.Dispose();
        _key = key;
        Identity = Identity with { RootId = Identity.RootId ?? SHA256.HashData(point), Key = point };
        _onChanged(Identity);
    }

    public void Dispose() => _key?.Dispose();

    private static void CheckSignature(ECDsa key, Checkpoint checkpoint)
    {
        if (!key.VerifyData(
            FeedDigest.SignedBytes(checkpoint),
            checkpoint.Signature.Span,
            HashAlgorithmName.SHA256,
            DSASignatureFormat.IeeeP1363FixedFieldConcatenation))
        {
            throw new HashListMirrorException("The signature of the service's checkpoint is wrong. It was not used.");
        }
    }

    private static ECDsa Import(byte[] point)
    {
        try
        {
            return ECDsa.Create(new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new ECPoint { X = point[..(KeySize / 2)], Y = point[(KeySize / 2)..] },
            });
        }
        catch (CryptographicException failure)
        {
            throw new HashListMirrorException("The service's signing key is no point of P-256.", failure);
        }
    }

    // Goes from the trusted key to the one that is looked for; without a trusted one, that one is taken.
    private byte[] Follow(IReadOnlyList<SigningKey> keys, ReadOnlySpan<byte> keyId)
    {
        if (keys.Count > MaxKeys || keys.Any(key => key.PublicKey.Length != KeySize))
        {
            throw new HashListMirrorException("The service's list of signing keys is malformed.");
        }

        byte[][] points = [.. keys.Select(key => key.PublicKey.ToByteArray())];
        byte[]? trusted = KeyId;
        int first = trusted is null
            ? -1
            : Array.FindIndex(points, point => SHA256.HashData(point).AsSpan().SequenceEqual(trusted));
        for (int i = Math.Max(first, 0); i < points.Length && (trusted is null || first >= 0); i++)
        {
            if (first >= 0 && i > first && !IsSignedBy(points[i - 1], keys[i]))
            {
                break;
            }

            if (keyId.SequenceEqual(SHA256.HashData(points[i])))
            {
                return points[i];
            }
        }

        throw new HashListMirrorException(
            trusted is null
                ? "The service does not tell the key that it signs with."
                : "The service signs with a key that does not follow from the pinned one. If its operator confirms the "
                    + "new key, name it in the mirror's options.");
    }

    private static bool IsSignedBy(byte[] point, SigningKey next)
    {
        using ECDsa key = Import(point);
        return next.Signature.Length == SignatureSize && key.VerifyData(
            FeedDigest.SignedBytes(next.PublicKey.Span),
            next.Signature.Span,
            HashAlgorithmName.SHA256,
            DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }
}
