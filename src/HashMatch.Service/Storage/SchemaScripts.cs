using System.Data.Common;
using System.Globalization;
using System.Reflection;
using Microsoft.EntityFrameworkCore;

namespace HashMatch.Service.Storage;

/// <summary>Brings a database to the newest schema: numbered scripts, each applied once.</summary>
public static class SchemaScripts
{
    /// <summary>The number of a database's newest script.</summary>
    public static int Newest(SqlDialect dialect) => Scripts(dialect).Max(script => script.Version);

    /// <summary>Applies what is missing, in one transaction that keeps other processes out.</summary>
    /// <exception cref="InvalidOperationException">The database is newer than this program.</exception>
    public static async Task ApplyAsync(
        HashMatchDb db, SqlDialect dialect, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        DbConnection connection = db.Database.GetDbConnection();

        // Whoever comes second waits here, or on SQLite at the BEGIN IMMEDIATE, and then finds nothing to do.
        await using DbTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using DbCommand command = connection.CreateCommand();
        command.Transaction = transaction;

        // However long the other process works, or a script on a long list.
        command.CommandTimeout = 0;
        await dialect.LockSchemaAsync(command, cancellationToken);
        command.CommandText = "CREATE TABLE IF NOT EXISTS schema_versions (version INTEGER NOT NULL PRIMARY KEY)";
        await command.ExecuteNonQueryAsync(cancellationToken);
        command.CommandText = "SELECT coalesce(max(version), 0) FROM schema_versions";
        int applied = Convert.ToInt32(
            await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
        if (applied > Newest(dialect))
        {
            throw new InvalidOperationException(
                "The database was written by a newer HashMatch. Start that version, or restore a backup.");
        }

        foreach ((int version, string name) in Scripts(dialect).Where(script => script.Version > applied))
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

    private static IEnumerable<(int Version, string Name)> Scripts(SqlDialect dialect)
    {
        string prefix = $"HashMatch.Service.Storage.{dialect.Name}.";
        return
            from name in Assembly.GetExecutingAssembly().GetManifestResourceNames()
            where name.StartsWith(prefix, StringComparison.Ordinal)
            let version = int.Parse(name.AsSpan(prefix.Length, 3), CultureInfo.InvariantCulture)
            orderby version
            select (version, name);
    }
}
