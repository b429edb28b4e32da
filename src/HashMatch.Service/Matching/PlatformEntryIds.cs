using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace HashMatch.Service.Matching;

/// <summary>Makes the entry ids that one platform sees, and turns them back into entries' numbers.</summary>
/// <remarks>
/// An id is one block of AES-256: the entry's number, big-endian, and eight zero bytes, under the platform's id key,
/// which is HMAC-SHA-256 of the platform's number under the service's. An id that was made up, or belongs to another
/// platform, does not turn back into zeros: one of 2^64 would. Not for several threads at once.
/// </remarks>
public sealed class PlatformEntryIds(byte[] key, long platformId) : IDisposable
{
    /// <summary>An id's size, in bytes.</summary>
    public const int ByteCount = 16;

    private readonly byte[] _block = new byte[ByteCount];
    private Aes? _cipher;
    private ICryptoTransform? _encryptor;
    private ICryptoTransform? _decryptor;

    /// <summary>Gives an entry's id as its 16 bytes.</summary>
    public byte[] Make(ulong entryId)
    {
        byte[] id = new byte[ByteCount];
        BinaryPrimitives.WriteUInt64BigEndian(_block, entryId);
        _block.AsSpan(sizeof(ulong)).Clear();

        // Made for the first id: most answers to match calls hold none.
        _encryptor ??= Cipher().CreateEncryptor();
        _encryptor.TransformBlock(_block, 0, ByteCount, id, 0);
        return id;
    }

    /// <summary>Gives the same id as 32 lower-case hexadecimal digits.</summary>
    public string Spell(ulong entryId) => Convert.ToHexStringLower(Make(entryId));

    /// <summary>Turns an id back into an entry's number.</summary>
    /// <param name="id">32 hexadecimal digits.</param>
    /// <param name="entryId">The number, or null if no entry has this id for this platform.</param>
    /// <returns>Whether it is spelt as ids are.</returns>
    public bool TryTurnBack(string id, out long? entryId)
    {
        entryId = null;
        byte[] bytes = new byte[ByteCount];
        if (id.Length != 2 * ByteCount
            || Convert.FromHexString(id, bytes, out _, out _) != OperationStatus.Done)
        {
            return false;
        }

        _decryptor ??= Cipher().CreateDecryptor();
        _decryptor.TransformBlock(bytes, 0, ByteCount, _block, 0);
        long number = BinaryPrimitives.ReadInt64BigEndian(_block);
        if (number > 0 && !_block.AsSpan(sizeof(long)).ContainsAnyExcept((byte)0))
        {
            entryId = number;
        }

        return true;
    }

    public void Dispose()
    {
        _encryptor?.Dispose();
        _decryptor?.Dispose();
        _cipher?.Dispose();
    }

    // Each id is one block, and no two are of the same number: there is nothing for a chaining mode to hide.
    private Aes Cipher()
    {
        if (_cipher is null)
        {
            Span<byte> message = stackalloc byte[sizeof(long)];
            BinaryPrimitives.WriteInt64BigEndian(message, platformId);
            _cipher = Aes.Create();
            _cipher.Mode = CipherMode.ECB;
            _cipher.Padding = PaddingMode.None;
            _cipher.Key = HMACSHA256.HashData(key, message);
        }

        return _cipher;
    }
}
