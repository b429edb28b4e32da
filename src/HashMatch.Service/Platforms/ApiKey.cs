using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;

namespace HashMatch.Service.Platforms;

/// <summary>
/// A platform's key as text: <c>hm_</c>, the key's number (16 hex digits), <c>_</c>, the secret (64 hex digits).
/// </summary>
public sealed class ApiKey
{
    private const string Prefix = "hm_";
    private const int IdDigits = 16;
    private const int SecretSize = 32;
    private const int Length = 3 + IdDigits + 1 + (2 * SecretSize);

    private readonly byte[] _secret;

    private ApiKey(long id, byte[] secret)
    {
        Id = id;
        _secret = secret;
    }

    /// <summary>The number under which the digest of the secret is stored.</summary>
    public long Id { get; }

    /// <summary>Makes a key with 256 random bits of secret.</summary>
    public static ApiKey Create() => new(Storage.RandomId.Next(), RandomNumberGenerator.GetBytes(SecretSize));

    /// <summary>Reads a key as a caller sent it.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out ApiKey? key)
    {
        key = null;
        Span<byte> id = stackalloc byte[sizeof(long)];
        byte[] secret = new byte[SecretSize];
        if (text.Length != Length
            || !text.StartsWith(Prefix, StringComparison.Ordinal)
            || text[Prefix.Length + IdDigits] != '_'
            || Convert.FromHexString(text.Slice(Prefix.Length, IdDigits), id, out _, out _)
                != System.Buffers.OperationStatus.Done
            || Convert.FromHexString(text[^(2 * SecretSize)..], secret, out _, out _)
                != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        key = new ApiKey(BinaryPrimitives.ReadInt64BigEndian(id), secret);
        return true;
    }

    /// <summary>Gives what is stored of the secret; 256 random bits need no slow digest.</summary>
    public byte[] SecretDigest() => SHA256.HashData(_secret);

    /// <summary>Writes the key out, for the platform's operator alone.</summary>
    public string ToText() => string.Create(
        CultureInfo.InvariantCulture, $"{Prefix}{Id:x16}_{Convert.ToHexStringLower(_secret)}");

    /// <summary>Gives a text that does not show the key.</summary>
    public override string ToString() => "ApiKey(redacted)";
}
