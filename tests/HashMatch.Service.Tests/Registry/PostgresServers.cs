using HashMatch.Service.Storage;
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

    public static SqlDialect Dialect(string connectionString) => new PostgresDialect(
        new StorageOptions { Provider = StorageProvider.Postgres, ConnectionString = connectionString });
}
