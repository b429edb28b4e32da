using HashMatch.Service.Storage;
using HashMatch.Service.Tests.Feed;
using HashMatch.Service.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace HashMatch.Service.Tests.Registry;

/// <summary>What tests that are about PostgreSQL alone need.</summary>
internal static class PostgresServers
{
    /// <summary>Skips the test where there is no PostgreSQL; in CI there must be.</summary>
    public static void RequireInstalled()
    {
        const string Remedy = "Install Debian's postgresql.";
        Assert.SkipUnless(
            PostgresServer.IsInstalled || Environment.GetEnvironmentVariable("CI") == "true", Remedy);
        Assert.True(PostgresServer.IsInstalled, Remedy);
    }

    /// <summary>Opens a database as the service does.</summary>
    public static HashMatchDb Open(string connectionString)
    {
        var options = new DbContextOptionsBuilder<HashMatchDb>();
        Dialect(connectionString).Configure(options);
        return new HashMatchDb(options.Options);
    }

    /// <summary>Waits until a standby has all that the primary has committed.</summary>
    public static async Task UntilReplayedAsync(PostgresServer primary, PostgresServer standby, string database)
    {
        string end = await AskAsync(primary, database, "SELECT pg_current_wal_lsn()::text AS \"Value\"");
        await FeedSteps.UntilAsync(async () => await AskAsync(
            standby, database, $"SELECT (pg_last_wal_replay_lsn() >= '{end}')::text AS \"Value\"") == "true");
    }

    public static SqlDialect Dialect(string connectionString) => new PostgresDialect(
        new StorageOptions { Provider = StorageProvider.Postgres, ConnectionString = connectionString });

    private static async Task<string> AskAsync(PostgresServer server, string database, string question)
    {
        await using HashMatchDb db = Open(server.ConnectionString(database) + ";Pooling=false");
        return (await db.Database.SqlQueryRaw<string>(question).ToListAsync()).Single();
    }
}
