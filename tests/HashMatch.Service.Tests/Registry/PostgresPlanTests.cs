using System.Text.RegularExpressions;
using HashMatch.Protocol;
using HashMatch.Service.Cases;
using HashMatch.Service.Matching;
using HashMatch.Service.Storage;
using HashMatch.Service.Tests.Feed;
using HashMatch.Service.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HashMatch.Service.Tests.Registry;

/// <summary>How PostgreSQL looks for hashes of which it has no statistics, in a long list.</summary>
public sealed partial class PostgresPlanTests
{
    // The server itself logs the plan of every statement that it carries out.
    private static readonly string[] LogPlans =
    [
        "session_preload_libraries = auto_explain",
        "auto_explain.log_min_duration = 0",
        "autovacuum = off",
    ];

    // Tables that hold some rows however long the list is.
    private static readonly string[] Short =
        ["feed_head", "log_head", "mirrors", "outbox", "platform_keys", "platforms"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Calls_OnALongAnalyzedList_ReadNoLongTableFromEndToEnd()
    {
        PostgresServers.RequireInstalled();
        await using PostgresServer server = await PostgresServer.StartAsync(LogPlans);
        string database = await server.CreateDatabaseAsync("planned");
        await FillAsync(database);
        await using TestService service = await TestService.StartAsync(
            null,
            null,
            [.. FeedSteps.ByHand, "--Storage:Provider=Postgres", $"--Storage:ConnectionString={database}"]);
        CaseRegistry registry = service.Services.GetRequiredService<CaseRegistry>();
        Sequencer sequencer = service.Services.GetRequiredService<Sequencer>();
        int start = (await server.ReadLogAsync()).Length;

        // Cases that are new, of a person, and withdrawn in part and whole; with one hash each and with many.
        foreach (int count in (int[])[1, 30])
        {
            var key = CaseKey.Create();
            for (int picture = 1; picture <= 3; picture++)
            {
                await registry.RegisterAsync(
                    key,
                    AgeGroup.Adult,
                    [new CasePicture([.. Enumerable.Range(100 * picture, count).Select(TestHashes.Make)], default)],
                    Token);
            }

            await service.CaseClient.GetStatusAsync(key, Token);
            await sequencer.MergeAsync(Token);
            await service.PublishAsync();
            await registry.WithdrawAsync(key, 2, Token);
            await registry.WithdrawAsync(key, null, Token);
            await service.CaseClient.GetStatusAsync(key, Token);
        }

        string log = (await server.ReadLogAsync())[start..];

        Assert.Contains("fingerprints_hash", log, StringComparison.Ordinal);
        Assert.Contains("entries_hash", log, StringComparison.Ordinal);
        Assert.Contains("cases_key_digest", log, StringComparison.Ordinal);
        Assert.Empty(Scanned(log).Except(Short));
    }

    // But for what is done once a day.
    private static HashSet<string> Scanned(string log) =>
    [
        .. log.Split("LOG:")
            .Where(plan => !plan.Contains("DELETE FROM cases", StringComparison.Ordinal))
            .SelectMany(plan => SeqScan().Matches(plan))
            .Select(found => found.Groups["table"].Value),
    ];

    // 40,000 cases of 4 hashes and an imported one of 160,000; all is listed and published.
    private static async Task FillAsync(string database)
    {
        await using HashMatchDb db = PostgresServers.Open(database);
        await SchemaScripts.ApplyAsync(db, PostgresServers.Dialect(database), Token);
        await db.Database.OpenConnectionAsync(Token);
        await using System.Data.Common.DbCommand command = db.Database.GetDbConnection().CreateCommand();
        command.CommandTimeout = 0;
        command.CommandText =
            """
            INSERT INTO cases
            SELECT i, sha256(int8send(i)), 2, 1, 2, '2026-01-01' FROM generate_series(0::bigint, 40000) i;
            INSERT INTO fingerprints
            SELECT 1 + i % 40000, sha256(int8send(-i)), 1, '2026-01-01' FROM generate_series(1::bigint, 160000) i;
            INSERT INTO fingerprints
            SELECT 0, sha256(int8send(-i)), i, '2026-01-01' FROM generate_series(160001::bigint, 320000) i;
            INSERT INTO entries
            SELECT row_number() OVER (), hash, added_day, row_number() OVER () FROM fingerprints;
            INSERT INTO log SELECT id, id, id FROM entries;
            INSERT INTO platforms VALUES (1, 'one', 0, '2026-01-01');
            INSERT INTO outcomes SELECT id, 1, 1, '2026-01-02' FROM entries WHERE id % 4 = 0;
            UPDATE log_head SET position = 320000;
            INSERT INTO feed_changes SELECT id, hash, hash, id, NULL, id, hash, hash FROM entries;
            INSERT INTO feed_head VALUES (1, decode(repeat('00', 16), 'hex'), 320000, sha256(''), 320000);
            ANALYZE;
            """;
        await command.ExecuteNonQueryAsync(Token);
    }

    // The provider's own questions, of which types there are, are none of ours.
    [GeneratedRegex(@"Seq Scan on (?!pg_)(?<table>\w+)")]
    private static partial Regex SeqScan();
}
