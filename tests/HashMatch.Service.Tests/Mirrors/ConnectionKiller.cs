using HashMatch.Service.Tests.Storage;
using Npgsql;

namespace HashMatch.Service.Tests.Mirrors;

/// <summary>Ends connections of a service to its PostgreSQL database, at random, until it is cancelled.</summary>
/// <remarks>SQLite has none: there only a whole process can be ended, which the tests of kills do.</remarks>
internal static class ConnectionKiller
{
    // Whose turn it is: any connection, the one that listens, one that has the log's head or waits for it, or one that
    // is in the middle of a transaction.
    private static readonly string[] Kinds =
    [
        "true", "query LIKE 'LISTEN%'", "query LIKE '%log_head%FOR UPDATE%'", "state LIKE 'idle in transaction%'",
    ];

    /// <summary>Kills for as long as it may, with some pause after each.</summary>
    /// <returns>How many of each kind it has ended: any, listening, sequencing, in a transaction.</returns>
    public static async Task<int[]> RunAsync(string connection, Random random, CancellationToken cancellationToken)
    {
        string database = new NpgsqlConnectionStringBuilder(connection).Database!;
        PostgresServer server = await PostgresServer.Shared;
        await using var killer = new NpgsqlConnection(server.ConnectionString("postgres") + ";Pooling=false");
        await killer.OpenAsync(CancellationToken.None);
        int[] killed = new int[Kinds.Length];
        for (int turn = 0; !cancellationToken.IsCancellationRequested; turn++)
        {
            await using NpgsqlCommand command = killer.CreateCommand();
            command.CommandText =
                $"""
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE datname = '{database}' AND {Kinds[turn % Kinds.Length]}
                ORDER BY random() LIMIT 1
                """;
            killed[turn % Kinds.Length] += await command.ExecuteScalarAsync(CancellationToken.None) is true ? 1 : 0;
            await Task.Delay(random.Next(20, 150), cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return killed;
    }
}
