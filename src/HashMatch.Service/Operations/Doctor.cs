using System.Data.Common;
using System.Globalization;
using HashMatch.Service.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Options;

namespace HashMatch.Service.Operations;

/// <summary>Examines everything that the service keeps, as of one moment.</summary>
public sealed class Doctor(
    IDbContextFactory<HashMatchDb> databases,
    SqlDialect dialect,
    IOptions<StorageOptions> storage,
    IOptions<KeysOptions> keys)
{
    private const string Restore = "Restore the database from a backup; mirrors then begin afresh by themselves.";

    /// <summary>Examines the key files, the database's settings, the log and the feed.</summary>
    public async Task<List<Finding>> ExamineAsync(CancellationToken cancellationToken)
    {
        List<Finding> findings = KeyFileExamination.Examine(keys.Value.Folder(storage.Value));
        try
        {
            findings.AddRange(await ExamineDatabaseAsync(cancellationToken));
        }
        catch (Exception exception) when (exception is DbException or InvalidOperationException)
        {
            // Only the kind is told: a database's own words may repeat the values.
            findings.Add(new Finding(
                "database",
                false,
                $"it cannot be read ({exception.GetType().Name}). See that it runs and may be reached. {Restore}"));
        }

        return findings;
    }

    private async Task<List<Finding>> ExamineDatabaseAsync(CancellationToken cancellationToken)
    {
        if (storage.Value.Provider == StorageProvider.Sqlite && !File.Exists(storage.Value.DatabaseFile))
        {
            return [new Finding("database", false, "there is none. See that Storage__Path is the data folder.")];
        }

        await using HashMatchDb db = await databases.CreateDbContextAsync(cancellationToken);
        await using IDbContextTransaction transaction = await dialect.BeginReadAsync(db, cancellationToken);
        List<Finding> findings = await dialect.ExamineAsync(db, cancellationToken);
        long version = await NumberAsync(db, "SELECT max(version) FROM schema_versions", cancellationToken);
        int newest = SchemaScripts.Newest(dialect);
        findings.Add(new Finding(
            "schema",
            version == newest,
            version == newest
                ? Text($"version {version}")
                : Text($"version {version} instead of {newest}. Start the service of this version once.")));
        if (version == newest)
        {
            long head = await NumberAsync(db, "SELECT position FROM log_head", cancellationToken);
            findings.Add(await ExaminePositionsAsync(db, "log", "log", head, cancellationToken));
            head = await NumberAsync(db, "SELECT position FROM feed_head", cancellationToken);
            findings.Add(await ExaminePositionsAsync(db, "feed", "feed_changes", head, cancellationToken));
            findings.AddRange(await FeedExamination.ExamineAsync(db, cancellationToken));
        }

        return findings;
    }

    private static async Task<Finding> ExaminePositionsAsync(
        HashMatchDb db, string subject, string table, long head, CancellationToken cancellationToken)
    {
        long count = await NumberAsync(db, $"SELECT count(*) FROM {table}", cancellationToken);
        long last = await NumberAsync(db, $"SELECT coalesce(max(position), 0) FROM {table}", cancellationToken);
        bool isWell = count == head && last == head;
        return new Finding(
            subject,
            isWell,
            isWell
                ? Text($"{count} changes, none missing")
                : Text($"{count} changes, the last at {last}, where {head} should be. {Restore}"));
    }

    private static async Task<long> NumberAsync(HashMatchDb db, string query, CancellationToken cancellationToken)
    {
        await using DbCommand command = db.Command(query);
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
