using System.Data.Common;
using System.Globalization;
using System.Reflection;
using Microsoft.EntityFrameworkCore;

namespace HashMatch.Service.Storage;

/// <summary>Brings a database to the newest schema: numbered scripts, each applied once.</summary>
public static class SchemaScripts
{
    private const string Prefix = "HashMatch.Service.Storage.Sqlite.";

    /// <summary>The number of the newest script.</summary>
    public static int Newest => Scripts().Max(script => script.Version);

    /// <summary>Applies what is missing, in one transaction that keeps other processes out.</summary>
    /// <exception cref="InvalidOperationException">The database is newer than this program.</exception>
    public static async Task ApplyAsync(HashMatchDb db, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        DbConnection connection = db.Database.GetDbConnection();

        // On SQLite this begins with BEGIN IMMEDIATE: whoever comes second waits here and then finds nothing to do.
        await using DbTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using DbCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "CREATE TABLE IF NOT EXISTS schema_versions (version INTEGER NOT NULL PRIMARY KEY)";
        await command.ExecuteNonQueryAsync(cancellationToken);
        command.CommandText = "SELECT coalesce(max(version), 0) FROM schema_versions";
        int applied = Convert.ToInt32(
            await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
        if (applied > Newest)
        {
            throw new InvalidOperationException(
                "The database was written by a newer HashMatch. Start that version, or restore a backup.");
        }

        foreach ((int version, string name) in Scripts().Where(script => script.Version > applied))
        {
            using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
            command.CommandText = await reader.ReadToEndAsync(cancellationToken);
            await command.ExecuteNonQueryAsync(cancellationToken);
            command.CommandText = string.Create(
                CultureInfo.InvariantCulture, $"INSERT INTO schema_versions (version) VALUES ({version})");
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private static IEnumerable<(int Version, string Name)> Scripts() =>
        from name in Assembly.GetExecutingAssembly().GetManifestResourceNames()
        where name.StartsWith(Prefix, StringComparison.Ordinal)
        let version = int.Parse(name.AsSpan(Prefix.Length, 3), CultureInfo.InvariantCulture)
        orderby version
        select (version, name);
}
