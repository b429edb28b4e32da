using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HashMatch.Service.Storage;

/// <summary>What the other features need to reach the database.</summary>
public static class StorageServices
{
    public static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.AddOptions<StorageOptions>().BindConfiguration("Storage").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<WriteGate>();
        services.AddDbContextFactory<HashMatchDb>((provider, options) => options
            .UseSqlite(ConnectionString(provider.GetRequiredService<IOptions<StorageOptions>>().Value))
            .AddInterceptors(new SqliteSettings()));
        return services;
    }

    /// <summary>Brings the database to the newest schema, making it if it is missing.</summary>
    public static async Task PrepareStorageAsync(this IServiceProvider services, CancellationToken cancellationToken)
    {
        services.GetRequiredService<IOptions<StorageOptions>>().Value.MakeFiles();
        await using HashMatchDb db = await services
            .GetRequiredService<IDbContextFactory<HashMatchDb>>()
            .CreateDbContextAsync(cancellationToken);
        await SchemaScripts.ApplyAsync(db, cancellationToken);
    }

    /// <summary>Today's date, as everything that is stored knows time.</summary>
    public static DateOnly Today(this TimeProvider clock) => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    private static string ConnectionString(StorageOptions options) => new SqliteConnectionStringBuilder
    {
        DataSource = options.DatabaseFile,
        ForeignKeys = true,
    }.ToString();
}
