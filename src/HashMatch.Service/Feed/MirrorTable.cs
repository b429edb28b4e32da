using HashMatch.Service.Calls;
using HashMatch.Service.Storage;
using Microsoft.EntityFrameworkCore;

namespace HashMatch.Service.Feed;

/// <summary>How far the platforms' mirrors have come, so that people can see that a withdrawal has arrived.</summary>
public sealed class MirrorTable(
    IDbContextFactory<HashMatchDb> databases, GroupCommit commits, SqlDialect dialect, TimeProvider clock)
{
    /// <summary>How many mirrors a platform may have.</summary>
    public const int MaxMirrors = 100;

    /// <summary>The size of a mirror's id, in bytes.</summary>
    public const int IdSize = 16;

    // A mirror that has not been heard of for longer is taken for one that is no more.
    private const int DaysCounted = 7;

    /// <summary>Notes how far a mirror has come; it never goes back. On return that is durable.</summary>
    /// <exception cref="Grpc.Core.RpcException">The platform has as many mirrors as it may have.</exception>
    public Task AcknowledgeAsync(
        long platformId, byte[] mirrorId, long position, CancellationToken cancellationToken) =>
        commits.CommitAsync(
            [.. BitConverter.GetBytes(platformId), .. mirrorId],
            async db =>
            {
                // Of two new mirrors at once, the second counts the first.
                await dialect.LockPlatformAsync(db, platformId);
                DateOnly today = clock.Today();
                IQueryable<Mirror> known = db.Mirrors.Where(mirror => mirror.PlatformId == platformId);
                if (!await known.AnyAsync(mirror => mirror.MirrorId == mirrorId, CancellationToken.None))
                {
                    DateOnly last = today.AddDays(-DaysCounted);
                    await known.Where(mirror => mirror.Day < last).ExecuteDeleteAsync(CancellationToken.None);
                    if (await known.CountAsync(CancellationToken.None) >= MaxMirrors)
                    {
                        throw Refusals.TooManyMirrors(MaxMirrors);
                    }
                }

                return await db.Database.ExecuteSqlAsync(
                    $"""
                    INSERT INTO mirrors (platform_id, mirror_id, position, day)
                    VALUES ({platformId}, {mirrorId}, {position}, {today})
                    ON CONFLICT (platform_id, mirror_id) DO UPDATE SET
                        position = CASE WHEN mirrors.position > excluded.position
                            THEN mirrors.position ELSE excluded.position END,
                        day = excluded.day
                    WHERE mirrors.position < excluded.position OR mirrors.day <> excluded.day
                    """,
                    CancellationToken.None);
            },
            cancellationToken);

    /// <summary>Counts the mirrors that are in use, and those of them that are at or past a position.</summary>
    public async Task<(int Past, int All)> CountAsync(long? position, CancellationToken cancellationToken)
    {
        DateOnly last = clock.Today().AddDays(-DaysCounted);
        await using HashMatchDb db = await databases.CreateDbContextAsync(cancellationToken);
        List<long> positions = await (
            from mirror in db.Mirrors
            join platform in db.Platforms on mirror.PlatformId equals platform.Id
            where mirror.Day >= last && platform.RevokedDay == null
            select mirror.Position)
            .ToListAsync(cancellationToken);
        return (positions.Count(at => at >= position), positions.Count);
    }
}
