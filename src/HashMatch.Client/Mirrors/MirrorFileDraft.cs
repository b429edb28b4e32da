using System.Buffers.Binary;
using System.Security.Cryptography;

namespace HashMatch.Client.Mirrors;

/// <summary>A mirror's file that is being written, under another name until it is whole and durable.</summary>
internal sealed class MirrorFileDraft : IDisposable
{
    private readonly string _path;
    private readonly FileStream _file;
    private readonly IncrementalHash _digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _chunk = new byte[4_096 * MirrorFileFormat.EntrySize];
    private int _filled;
    private long _entries;
    private bool _isInstalled;

    /// <summary>Begins a file.</summary>
    /// <param name="path">The name that it has until it is installed; what is there is written over.</param>
    public MirrorFileDraft(string path)
    {
        _path = path;
        File.Delete(path);
        _file = PrivateFile.Create(path);
        _file.Write(new byte[MirrorFileFormat.HeaderSize]);
    }

    /// <summary>Adds an entry; they come in the order of their positions.</summary>
    public void Add(ListEntry entry)
    {
        MirrorFileFormat.WriteEntry(Room(MirrorFileFormat.EntrySize), entry);
        _entries++;
    }

    /// <summary>Ends the file, and makes it durable.</summary>
    public MirrorFileEnd Complete(IReadOnlyCollection<ulong> bare, FeedState state)
    {
        foreach (ulong position in bare)
        {
            BinaryPrimitives.WriteUInt64BigEndian(Room(sizeof(ulong)), position);
        }

        WriteChunk();
        byte[] header = MirrorFileFormat.Header(_entries, bare.Count, state);
        _digest.AppendData(header);
        byte[] seal = _digest.GetHashAndReset();
        _file.Write(seal);
        long length = _file.Position;
        _file.Position = 0;
        _file.Write(header);
        _file.Flush(flushToDisk: true);
        _file.Dispose();
        return new MirrorFileEnd(state, length, length, seal, HasWithdrawn: false);
    }

    /// <summary>Puts the completed file in the place of another.</summary>
    public void Install(string path)
    {
        PrivateFile.Replace(_path, path);
        _isInstalled = true;
    }

    /// <summary>Removes the file if it was not installed.</summary>
    public void Dispose()
    {
        _file.Dispose();
        _digest.Dispose();
        if (!_isInstalled)
        {
            File.Delete(_path);
        }
    }

    private Span<byte> Room(int size)
    {
        if (_filled + size > _chunk.Length)
        {
            WriteChunk();
        }

        _filled += size;
        return _chunk.AsSpan(_filled - size, size);
    }

    private void WriteChunk()
    {
        _digest.AppendData(_chunk, 0, _filled);
        _file.Write(_chunk, 0, _filled);
        _filled = 0;
    }
}
