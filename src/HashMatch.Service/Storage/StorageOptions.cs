using System.ComponentModel.DataAnnotations;
using Npgsql;

namespace HashMatch.Service.Storage;

/// <summary>Where the service keeps its data: the configuration section <c>Storage</c>.</summary>
public sealed class StorageOptions : IValidatableObject
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Which database.</summary>
    [EnumDataType(typeof(StorageProvider))]
    public StorageProvider Provider { get; set; }

    /// <summary>
    /// The folder of SQLite's database, its lock, the list's snapshot and the keys; made if it is missing, for this
    /// user alone.
    /// </summary>
    [Required]
    public string Path { get; set; } = "hashmatch-data";

    /// <summary>How PostgreSQL is reached, as Npgsql has it: <c>Host=...;Database=...;Username=...</c>.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>SQLite's database file.</summary>
    public string DatabaseFile => System.IO.Path.Combine(Path, "hashmatch.db");

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Provider == StorageProvider.Postgres && ConnectionString.Length == 0)
        {
            yield return new ValidationResult(
                "Storage:ConnectionString must say how PostgreSQL is reached.", [nameof(ConnectionString)]);
        }
        else if (Provider == StorageProvider.Postgres && !CanBeRead(ConnectionString))
        {
            yield return new ValidationResult(
                "Storage:ConnectionString cannot be read. It must be of the form Host=...;Database=...;Username=..., "
                + "with a value that holds ; or = in quotation marks.",
                [nameof(ConnectionString)]);
        }
    }

    /// <summary>Makes the data folder if it is missing, closed to other users.</summary>
    public void MakeFolder()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(Path);
            return;
        }

        Directory.CreateDirectory(Path, OwnerOnly | UnixFileMode.UserExecute);
    }

    /// <summary>Makes the data folder and the database file if they are missing, closed to other users.</summary>
    /// <remarks>The folder may be a mounted volume, open to others. SQLite gives its log the same mode.</remarks>
    public void MakeFiles()
    {
        MakeFolder();
        if (!OperatingSystem.IsWindows() && !File.Exists(DatabaseFile))
        {
            var options = new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.Write,
                Share = FileShare.ReadWrite,
                UnixCreateMode = OwnerOnly,
            };
            new FileStream(DatabaseFile, options).Dispose();
        }
    }

    // Npgsql's own words would repeat what it does not understand, perhaps the end of a password.
    private static bool CanBeRead(string connectionString)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connectionString).Host is not null;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidCastException)
        {
            return false;
        }
    }
}
