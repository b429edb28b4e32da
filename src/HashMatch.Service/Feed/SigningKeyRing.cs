using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using HashMatch.Protocol;

namespace HashMatch.Service.Feed;

/// <summary>The key that signs checkpoints, and the public keys that lead to it.</summary>
/// <remarks>
/// Each is signed by the one before. As a file: a line for each public key and its signature, in hexadecimal digits,
/// and the last one's private key.
/// </remarks>
public sealed class SigningKeyRing
{
    /// <summary>How many keys there may be, one after the other.</summary>
    public const int MaxKeys = 100;

    private const string Title = "hashmatch feed signing keys 1";
    private const string NoSignature = "-";
    private const int CoordinateSize = 32;

    private readonly Lock _lock = new();
    private readonly ECDsa _key;

    private SigningKeyRing(ECDsa key, IReadOnlyList<SigningKey> keys)
    {
        _key = key;
        Keys = keys;
        KeyId = Id(keys[^1]);
    }

    /// <summary>From the first to the one in use.</summary>
    public IReadOnlyList<SigningKey> Keys { get; }

    /// <summary>The id of the one in use.</summary>
    public byte[] KeyId { get; }

    /// <summary>A key's id: SHA-256 of its point.</summary>
    public static byte[] Id(SigningKey key) => SHA256.HashData(key.PublicKey.Span);

    /// <summary>Makes a first key.</summary>
    public static SigningKeyRing Create()
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new SigningKeyRing(key, [new SigningKey { PublicKey = ByteString.CopyFrom(Point(key)) }]);
    }

    /// <summary>Makes a new key, signed by the one in use, which is forgotten.</summary>
    /// <exception cref="InvalidOperationException">There are as many keys as there may be.</exception>
    public SigningKeyRing Rotate()
    {
        if (Keys.Count == MaxKeys)
        {
            throw new InvalidOperationException($"There are {MaxKeys} signing keys, which is the most there may be.");
        }

        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] point = Point(key);
        var next = new SigningKey
        {
            PublicKey = ByteString.CopyFrom(point),
            Signature = ByteString.CopyFrom(Sign(FeedDigest.SignedBytes(point))),
        };
        return new SigningKeyRing(key, [.. Keys, next]);
    }

    /// <summary>Signs with the key in use.</summary>
    /// <returns>r and s, 32 bytes each.</returns>
    public byte[] Sign(byte[] bytes)
    {
        lock (_lock)
        {
            return _key.SignData(bytes, HashAlgorithmName.SHA256);
        }
    }

    /// <summary>Writes all of it out, the private key too.</summary>
    public byte[] ToFile() => Encoding.ASCII.GetBytes(string.Join(
        '\n',
        [
            Title,
            .. Keys.Select(key => string.Create(
                CultureInfo.InvariantCulture,
                $"{Hex(key.PublicKey)} {(key.Signature.IsEmpty ? NoSignature : Hex(key.Signature))}")),
            Convert.ToBase64String(_key.ExportPkcs8PrivateKey()),
            "",
        ]));

    /// <summary>Reads what <see cref="ToFile"/> wrote.</summary>
    /// <returns>The ring, or null if it is damaged: unreadable, or a signature or the key does not fit.</returns>
    public static SigningKeyRing? TryRead(byte[] file)
    {
        string[] lines = Encoding.ASCII.GetString(file).Split('\n');
        if (lines is not [Title, .. string[] publicLines, string privateLine, ""]
            || publicLines.Length is 0 or > MaxKeys)
        {
            return null;
        }

        try
        {
            var key = ECDsa.Create();
            key.ImportPkcs8PrivateKey(Convert.FromBase64String(privateLine), out _);
            List<SigningKey> keys = [.. publicLines.Select(ReadLine)];
            bool fits = keys[^1].PublicKey.Span.SequenceEqual(Point(key))
                && keys[0].Signature.IsEmpty
                && keys.Zip(keys.Skip(1)).All(pair => IsSigned(pair.First, pair.Second));
            return fits ? new SigningKeyRing(key, keys) : null;
        }
        catch (Exception exception) when (exception is FormatException or CryptographicException)
        {
            return null;
        }
    }

    private static SigningKey ReadLine(string line)
    {
        string[] parts = line.Split(' ');
        return parts.Length == 2
            ? new SigningKey
            {
                PublicKey = ByteString.CopyFrom(Convert.FromHexString(parts[0])),
                Signature = parts[1] == NoSignature
                    ? ByteString.Empty
                    : ByteString.CopyFrom(Convert.FromHexString(parts[1])),
            }
            : throw new FormatException();
    }

    private static bool IsSigned(SigningKey previous, SigningKey next)
    {
        byte[] point = previous.PublicKey.ToByteArray();
        using var key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = point[..CoordinateSize], Y = point[CoordinateSize..] },
        });
        return key.VerifyData(
            FeedDigest.SignedBytes(next.PublicKey.Span), next.Signature.Span, HashAlgorithmName.SHA256);
    }

    private static byte[] Point(ECDsa key)
    {
        ECPoint point = key.ExportParameters(includePrivateParameters: false).Q;
        return [.. point.X!, .. point.Y!];
    }

    private static string Hex(ByteString bytes) => Convert.ToHexStringLower(bytes.Span);
}
