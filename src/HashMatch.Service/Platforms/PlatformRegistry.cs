using System.Collections.Concurrent;
using System.Security.Cryptography;
using HashMatch.Service.Storage;
using Microsoft.EntityFrameworkCore;

namespace HashMatch.Service.Platforms;

/// <summary>The partner platforms and their keys.</summary>
public sealed class PlatformRegistry(IDbContextFactory<HashMatchDb> databases, TimeProvider clock)
{
    /// <summary>The longest name of a platform, in characters.</summary>
    public const int MaxNameLength = 64;

    // A revoked key must fail within 5 seconds; a busy platform must not cost a database query a call.
    private static readonly TimeSpan CacheTime = TimeSpan.FromSeconds(1);

    // Only keys that exist are remembered, so that made-up ones cannot fill the memory.
    private readonly ConcurrentDictionary<long, KnownKey> _known = new();

    /// <summary>Makes a platform with a first key.</summary>
    /// <returns>The key, which cannot be shown again; null if there is a platform of this name.</returns>
    public async Task<ApiKey?> AddAsync(string name, PlatformScopes scopes, CancellationToken cancellationToken)
    {
        await using HashMatchDb db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.Platforms.AnyAsync(row => row.Name == name, cancellationToken))
        {
            return null;
        }

        var key = ApiKey.Create();
        var platform = new Platform { Name = name, Scopes = scopes, CreatedDay = clock.Today() };
        db.Add(platform);
        db.Add(new PlatformKey
        {
            Id = key.Id,
            PlatformId = platform.Id,
            SecretDigest = key.SecretDigest(),
            CreatedDay = clock.Today(),
        });
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return key;
    }

    /// <summary>Lists all platforms by name, revoked ones too.</summary>
    public async Task<List<Platform>> ListAsync(CancellationToken cancellationToken)
    {
        await using HashMatchDb db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Platforms.OrderBy(row => row.Name).ToListAsync(cancellationToken);
    }

    /// <summary>Revokes all keys of a platform, for good.</summary>
    /// <returns>Whether there is a platform of this name.</returns>
    public async Task<bool> RevokeAsync(string name, CancellationToken cancellationToken)
    {
        await using HashMatchDb db = await databases.CreateDbContextAsync(cancellationToken);
        Platform? platform = await db.Platforms.SingleOrDefaultAsync(row => row.Name == name, cancellationToken);
        if (platform is null)
        {
            return false;
        }

        platform.RevokedDay ??= clock.Today();
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }

    /// <summary>Finds the platform that a key belongs to.</summary>
    /// <returns>The platform, or null if the key is unknown, wrong or revoked.</returns>
    public async Task<CallingPlatform?> AuthenticateAsync(ApiKey key, CancellationToken cancellationToken)
    {
        if (!_known.TryGetValue(key.Id, out KnownKey? known) || clock.GetElapsedTime(known.ReadAt) > CacheTime)
        {
            known = await ReadAsync(key.Id, cancellationToken);
            if (known is null)
            {
                _known.TryRemove(key.Id, out _);
                return null;
            }

            _known[key.Id] = known;
        }

        return CryptographicOperations.FixedTimeEquals(known.SecretDigest, key.SecretDigest()) ? known.Platform : null;
    }

    private async Task<KnownKey?> ReadAsync(long keyId, CancellationToken cancellationToken)
    {
        long readAt = clock.GetTimestamp();
        await using HashMatchDb db = await databases.CreateDbContextAsync(cancellationToken);
        return await (
            from key in db.PlatformKeys
            join platform in db.Platforms on key.PlatformId equals platform.Id
            where key.Id == keyId && platform.RevokedDay == null
            select new KnownKey(new CallingPlatform(platform.Id, platform.Scopes), key.SecretDigest, readAt))
            .SingleOrDefaultAsync(cancellationToken);
    }

    private sealed record KnownKey(CallingPlatform Platform, byte[] SecretDigest, long ReadAt);
}
