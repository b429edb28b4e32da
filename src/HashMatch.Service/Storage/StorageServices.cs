using System.Security.Cryptography;
using HashMatch.Protocol;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Options;

namespace HashMatch.Service.Storage;

/// <summary>What the other features need to reach the database.</summary>
public static class StorageServices
{
    public static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.AddOptions<StorageOptions>().BindConfiguration("Storage").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(
            provider => SqlDialect.Of(provider.GetRequiredService<IOptions<StorageOptions>>().Value));
        services.AddSingleton<WriteGate>();
        services.AddSingleton<GroupCommit>();
        services.AddDbContextFactory<HashMatchDb>(
            (provider, builder) => provider.GetRequiredService<SqlDialect>().Configure(builder));
        return services;
    }

    /// <summary>Brings the database to the newest schema, making it if it is missing.</summary>
    public static async Task PrepareStorageAsync(this IServiceProvider services, CancellationToken cancellationToken)
    {
        SqlDialect dialect = services.GetRequiredService<SqlDialect>();
        dialect.Prepare();
        await using HashMatchDb db = await services
            .GetRequiredService<IDbContextFactory<HashMatchDb>>()
            .CreateDbContextAsync(cancellationToken);
        await dialect.CheckAsync(db, cancellationToken);
        await SchemaScripts.ApplyAsync(db, dialect, cancellationToken);
        await MakeEpochAsync(db, dialect, cancellationToken);
    }

    /// <summary>Today's date, as everything that is stored knows time.</summary>
    public static DateOnly Today(this TimeProvider clock) => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    // In code and not in a script, because the databases' own random numbers are not made for secrets or identities.
    private static async Task MakeEpochAsync(
        HashMatchDb db, SqlDialect dialect, CancellationToken cancellationToken)
    {
        if (await db.FeedHeads.AnyAsync(cancellationToken))
        {
            return;
        }

        await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await dialect.LockLogAsync(db, cancellationToken);
        if (!await db.FeedHeads.AnyAsync(cancellationToken))
        {
            byte[] epoch = RandomNumberGenerator.GetBytes(FeedDigest.EpochByteCount);
            db.Add(new FeedHead
            {
                Epoch = epoch,
                Position = 0,
                Chain = FeedDigest.FirstChain(epoch),
                LiveCount = 0,
            });
            await db.SaveChangesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }
}
