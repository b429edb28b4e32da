using HashMatch.Service.Storage;
using Microsoft.Extensions.Options;

namespace HashMatch.Service.Feed;

/// <summary>The signing keys in the keys folder. A key that is changed there is followed at once.</summary>
public sealed class SigningKeys(IOptions<KeysOptions> keys, IOptions<StorageOptions> storage)
{
    /// <summary>The file's name.</summary>
    public const string FileName = "feed-signing.key";

    private readonly Lock _lock = new();
    private SigningKeyRing? _ring;
    private DateTime _written;

    private string Folder => keys.Value.Folder(storage.Value);

    /// <summary>The keys as they are now; a first one is made if there is none.</summary>
    /// <exception cref="InvalidOperationException">The file is damaged.</exception>
    public SigningKeyRing Current()
    {
        lock (_lock)
        {
            // Of a missing file this is a day of 1601.
            DateTime written = File.GetLastWriteTimeUtc(Path.Combine(Folder, FileName));
            if (_ring is null || written != _written)
            {
                byte[] file = KeyFile.ReadOrCreate(Folder, FileName, () => SigningKeyRing.Create().ToFile());
                _ring = SigningKeyRing.TryRead(file) ?? throw KeyFile.Damaged(FileName);
                _written = File.GetLastWriteTimeUtc(Path.Combine(Folder, FileName));
            }

            return _ring;
        }
    }

    /// <summary>Makes a new key, signed by the one in use, whose private part is then gone.</summary>
    public SigningKeyRing Rotate()
    {
        lock (_lock)
        {
            _ring = Current().Rotate();
            KeyFile.Replace(Folder, FileName, _ring.ToFile());
            _written = File.GetLastWriteTimeUtc(Path.Combine(Folder, FileName));
            return _ring;
        }
    }
}
