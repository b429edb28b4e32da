using System.Buffers.Binary;
using System.Security.Cryptography;
using HashMatch.Service.Storage;
using Microsoft.Extensions.Options;

namespace HashMatch.Service.Matching;

/// <summary>Derives the entry ids that a platform sees: stable for it, of no use to any other platform.</summary>
/// <remarks>
/// HMAC-SHA-256, cut to 128 bits, of the entry's number under the platform's id key; that key is HMAC-SHA-256 of the
/// platform's number under a key in the keys folder, which is not in the database.
/// </remarks>
public sealed class EntryIds
{
    /// <summary>The key file's name.</summary>
    public const string FileName = "entry-ids.key";

    /// <summary>The key's size, in bytes.</summary>
    public const int KeySize = 32;

    private const int IdSize = 16;

    private readonly byte[] _key;

    public EntryIds(IOptions<KeysOptions> keys, IOptions<StorageOptions> storage) =>
        _key = KeyFile.ReadOrCreate(keys.Value.Folder(storage.Value), FileName, KeySize);

    /// <summary>Gives the key from which one platform's ids are derived.</summary>
    public byte[] PlatformKey(long platformId)
    {
        Span<byte> message = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(message, platformId);
        return HMACSHA256.HashData(_key, message);
    }

    /// <summary>Gives an entry's id for the platform with this key: 32 hexadecimal digits.</summary>
    public static string Derive(byte[] platformKey, ulong entryId) =>
        Convert.ToHexStringLower(DeriveBytes(platformKey, entryId));

    /// <summary>Gives the same id as its 16 bytes.</summary>
    public static byte[] DeriveBytes(byte[] platformKey, ulong entryId)
    {
        Span<byte> message = stackalloc byte[sizeof(ulong)];
        Span<byte> digest = stackalloc byte[HMACSHA256.HashSizeInBytes];
        BinaryPrimitives.WriteUInt64BigEndian(message, entryId);
        HMACSHA256.HashData(platformKey, message, digest);
        return digest[..IdSize].ToArray();
    }
}
