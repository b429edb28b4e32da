using System.Buffers.Binary;
using System.Security.Cryptography;
using HashMatch.Hashing;
using HashMatch.Matching;

namespace HashMatch.Benchmarks.Recall.Hashes;

/// <summary>
/// Keeps the hashes of edited photos in a file, so that a run that was broken off goes on where it was.
/// </summary>
/// <remarks>
/// <para>
/// Records are only ever appended: a key, the length of what follows, that, and a digest of all three. A record that
/// was not written whole, after a kill or a loss of power, ends the file at the next opening and is made again.
/// </para>
/// <para>All members may be called from several threads; the file is one process's at a time.</para>
/// </remarks>
internal sealed class HashCache : IDisposable
{
    private const int DigestBytes = 8;
    private const int HeaderBytes = CacheKey.ByteCount + sizeof(int);
    private const int MostPayload = 1 << 20;

    private readonly Lock _lock = new();
    private readonly FileStream _file;
    private readonly Dictionary<CacheKey, ViewHash[]> _records = [];

    private HashCache(FileStream file) => _file = file;

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _records.Count;
            }
        }
    }

    /// <summary>Opens or makes a cache.</summary>
    /// <exception cref="RecallFailure">Another run has it open, or the folder cannot be written to.</exception>
    public static HashCache Open(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            var cache = new HashCache(new FileStream(
                path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1 << 16));
            cache.Load();
            return cache;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new RecallFailure($"The cache cannot be opened: {failure.Message}");
        }
    }

    public bool TryGet(CacheKey key, out IReadOnlyList<ViewHash> hashes)
    {
        lock (_lock)
        {
            bool found = _records.TryGetValue(key, out ViewHash[]? kept);
            hashes = kept ?? [];
            return found;
        }
    }

    /// <summary>Keeps hashes. When this returns they survive the end of the process, however it comes.</summary>
    public void Add(CacheKey key, IReadOnlyList<ViewHash> hashes)
    {
        byte[] payload = Write(hashes);
        byte[] record = new byte[HeaderBytes + payload.Length + DigestBytes];
        key.WriteBytes(record);
        BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(CacheKey.ByteCount), payload.Length);
        payload.CopyTo(record, HeaderBytes);
        SHA256.HashData(record.AsSpan(0, record.Length - DigestBytes)).AsSpan(0, DigestBytes)
            .CopyTo(record.AsSpan(record.Length - DigestBytes));
        lock (_lock)
        {
            if (_records.TryAdd(key, [.. hashes]))
            {
                _file.Write(record);
                _file.Flush();
            }
        }
    }

    public void Dispose() => _file.Dispose();

    private void Load()
    {
        long good = 0;
        byte[] header = new byte[HeaderBytes];
        while (_file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) == HeaderBytes)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(CacheKey.ByteCount));
            if (length is < 0 or > MostPayload)
            {
                break;
            }

            byte[] rest = new byte[length + DigestBytes];
            if (_file.ReadAtLeast(rest, rest.Length, throwOnEndOfStream: false) < rest.Length)
            {
                break;
            }

            byte[] digest = SHA256.HashData([.. header, .. rest.AsSpan(0, length)]);
            if (!digest.AsSpan(0, DigestBytes).SequenceEqual(rest.AsSpan(length)))
            {
                break;
            }

            _records[CacheKey.Read(header)] = Read(rest.AsSpan(0, length).ToArray());
            good = _file.Position;
        }

        _file.SetLength(good);
        _file.Position = good;
    }

    private static byte[] Write(IReadOnlyList<ViewHash> hashes)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write7BitEncodedInt(hashes.Count);
        foreach (ViewHash hash in hashes)
        {
            writer.Write(hash.View);
            writer.Write((byte)hash.Turn);
            writer.Write((byte)hash.Quality);
            writer.Write(hash.Hash.ToByteArray());
        }

        writer.Flush();
        return stream.ToArray();
    }

    private static ViewHash[] Read(byte[] payload)
    {
        using var reader = new BinaryReader(new MemoryStream(payload));
        var hashes = new ViewHash[reader.Read7BitEncodedInt()];
        for (int i = 0; i < hashes.Length; i++)
        {
            string view = string.Intern(reader.ReadString());
            var turn = (Dihedral)reader.ReadByte();
            int quality = reader.ReadByte();
            hashes[i] = new ViewHash(view, turn, new Hash256(reader.ReadBytes(Hash256.ByteCount)), quality);
        }

        return hashes;
    }
}
