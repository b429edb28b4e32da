namespace HashMatch.Service.Tests.Storage;

/// <summary>Which database the tests that are meant for both run on: SQLite, or PostgreSQL if so asked.</summary>
/// <remarks><c>HASHMATCH_TEST_STORAGE=postgres</c>, with <c>--filter Category=Databases</c>.</remarks>
public static class TestDatabase
{
    /// <summary>The category of the tests that are run on both.</summary>
    public const string Category = "Databases";

    public static bool IsPostgres { get; } =
        Environment.GetEnvironmentVariable("HASHMATCH_TEST_STORAGE") == "postgres";

    /// <summary>The settings for a service whose data belong to a folder.</summary>
    public static async Task<string[]> SettingsAsync(string folder)
    {
        string path = $"--Storage:Path={folder}";
        if (!IsPostgres)
        {
            return [path];
        }

        PostgresServer server = await PostgresServer.Shared;
        string name = "t" + Path.GetFileName(folder).ToLowerInvariant().Replace('-', '_').Replace('.', '_');
        return
        [
            path,
            "--Storage:Provider=Postgres",
            $"--Storage:ConnectionString={await server.CreateDatabaseAsync(name)};Maximum Pool Size=20",
        ];
    }
}
