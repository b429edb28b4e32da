using HashMatch.Service.Storage;
using Microsoft.Extensions.Options;

namespace HashMatch.Service.Matching;

/// <summary>The entry ids that platforms see: each stable for its platform, of no use to any other.</summary>
/// <remarks>They rest on a key in the keys folder, which is not in the database.</remarks>
public sealed class EntryIds
{
    /// <summary>The key file's name.</summary>
    public const string FileName = "entry-ids.key";

    /// <summary>The key's size, in bytes.</summary>
    public const int KeySize = 32;

    private readonly byte[] _key;

    public EntryIds(IOptions<KeysOptions> keys, IOptions<StorageOptions> storage) =>
        _key = KeyFile.ReadOrCreate(keys.Value.Folder(storage.Value), FileName, KeySize);

    /// <summary>Gives what makes one platform's ids, for one call.</summary>
    public PlatformEntryIds For(long platformId) => new(_key, platformId);
}
