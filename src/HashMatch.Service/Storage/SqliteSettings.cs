using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace HashMatch.Service.Storage;

/// <summary>
/// Gives every connection the settings that durability, erasure and speed rest on, and makes sure that they hold.
/// </summary>
public sealed class SqliteSettings : DbConnectionInterceptor
{
    // What was asked for, in the order in which it is asked for, and what SQLite answers when it holds.
    private static readonly (string Pragma, string Value, string Answer)[] Settings =
    [
        ("journal_mode", "WAL", "wal"),
        ("synchronous", "FULL", "2"),
        ("secure_delete", "ON", "1"),
        ("foreign_keys", "ON", "1"),

        // Sorting and multi-row deletes would otherwise leave hashes in the system's folder for temporary files.
        ("temp_store", "MEMORY", "2"),

        // 64 MiB, taken only as needed: the indexes of a long list do not fit the usual 2 MB, and pages would be
        // written and read again and again.
        ("cache_size", "-65536", "-65536"),
    ];

    // The provider opens a connection of its pool again and again; none of these settings changes meanwhile.
    private static readonly ConditionalWeakTable<sqlite3, object> Set = [];

    // SQLITE_ERROR: what its own refusals are, and are met like.
    private const int SqliteError = 1;

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) =>
        ApplyOnce(connection);

    public override Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        ApplyOnce(connection);
        return Task.CompletedTask;
    }

    /// <summary>Sets and checks the settings of an open connection.</summary>
    /// <exception cref="SqliteException">SQLite did not take one of them.</exception>
    public static void Apply(DbConnection connection)
    {
        using DbCommand command = connection.CreateCommand();
        foreach ((string pragma, string value, string answer) in Settings)
        {
            if (Ask(command, $"PRAGMA {pragma}") == answer)
            {
                continue;
            }

            Ask(command, $"PRAGMA {pragma} = {value}");
            if (Ask(command, $"PRAGMA {pragma}") != answer)
            {
                throw new SqliteException($"SQLite did not take the setting {pragma}.", SqliteError);
            }
        }
    }

    /// <summary>Gives the settings that do not hold on an open connection.</summary>
    public static List<string> Missing(DbConnection connection)
    {
        using DbCommand command = connection.CreateCommand();
        return
        [
            .. Settings
                .Where(setting => Ask(command, $"PRAGMA {setting.Pragma}") != setting.Answer)
                .Select(setting => setting.Pragma),
        ];
    }

    private static void ApplyOnce(DbConnection connection)
    {
        sqlite3 opened = ((SqliteConnection)connection).Handle!;
        if (!Set.TryGetValue(opened, out _))
        {
            Apply(connection);
            Set.AddOrUpdate(opened, Settings);
        }
    }

    private static string? Ask(DbCommand command, string statement)
    {
        command.CommandText = statement;
        return Convert.ToString(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }
}
