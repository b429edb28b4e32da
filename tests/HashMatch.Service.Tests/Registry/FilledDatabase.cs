using System.Data.Common;
using System.Security.Cryptography;
using Google.Protobuf;
using HashMatch.Matching;
using HashMatch.Protocol;
using HashMatch.Service.Platforms;
using HashMatch.Service.Storage;
using Microsoft.EntityFrameworkCore;

namespace HashMatch.Service.Tests.Registry;

/// <summary>A database as an earlier version left it, with something of everything that it could hold.</summary>
/// <remarks>
/// The versions are those of the schema's scripts. Version 1, of SQLite alone, knew no withdrawal that was still on its
/// way; version 3 is the first with a feed.
/// </remarks>
public sealed class FilledDatabase(HashMatchDb db, SqlDialect dialect, int version)
{
    /// <summary>The newest version that this knows how to fill; those after it are reached by their scripts.</summary>
    public const int Newest = 3;

    private const int Withdrawn = (int)CaseState.Withdrawn;
    private const int Active = (int)CaseState.Active;
    private const long EntryBase = 1_000;

    private readonly DateOnly _today = DateOnly.FromDateTime(DateTime.UtcNow);
    private long _rows;

    /// <summary>Pictures 1 to 12, of which the last two are not listed yet.</summary>
    public CaseKey Plain { get; } = CaseKey.Create();

    /// <summary>Pictures 2, 4 and 6: two that the plain case holds too, and a third of two hashes.</summary>
    public CaseKey Shared { get; } = CaseKey.Create();

    /// <summary>Withdrawn some days ago.</summary>
    public CaseKey Gone { get; } = CaseKey.Create();

    /// <summary>Withdrawn so long ago that it is to be forgotten.</summary>
    public CaseKey Forgotten { get; } = CaseKey.Create();

    /// <summary>Withdrawn just now: its hashes are still listed, from version 2 on.</summary>
    public CaseKey Leaving { get; } = CaseKey.Create();

    public ApiKey ApiKey { get; } = ApiKey.Create();

    /// <summary>Where a mirror was at the feed's end; null in a version without a feed.</summary>
    public FeedPosition? FeedEnd { get; private set; }

    public static Hash256[] PlainHashes => Hashes(0, 12);

    public static Hash256[] SharedHashes => [.. Hashes(0, 2), .. Hashes(20, 2)];

    public static Hash256[] LeavingHashes => Hashes(30, 3);

    /// <summary>Makes the tables, and fills them.</summary>
    public async Task MakeAsync()
    {
        await db.Database.OpenConnectionAsync();
        await ExecuteAsync("CREATE TABLE schema_versions (version INTEGER NOT NULL PRIMARY KEY)");
        foreach (int number in Enumerable.Range(1, version))
        {
            if (await ScriptAsync(number) is string script)
            {
                await ExecuteAsync(script);
                await ExecuteAsync("INSERT INTO schema_versions (version) VALUES (@0)", number);
            }
        }

        await AddCasesAsync();
        await AddListAsync();
        if (version >= 3)
        {
            await AddFeedAsync();
        }

        await ExecuteAsync(
            "INSERT INTO platforms (id, name, scopes, created_day) VALUES (5, 'before', @0, @1)",
            (int)(PlatformScopes.Match | PlatformScopes.Mirror | PlatformScopes.Distance),
            _today);
        await ExecuteAsync(
            "INSERT INTO platform_keys (id, platform_id, secret_digest, created_day) VALUES (@0, 5, @1, @2)",
            ApiKey.Id,
            ApiKey.SecretDigest(),
            _today);
    }

    private static Hash256[] Hashes(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(TestHashes.Make)];

    private async Task AddCasesAsync()
    {
        await AddCaseAsync(1, Plain, AgeGroup.Adult, 13, null, [.. PlainHashes.Select((hash, i) => (hash, i + 1))]);
        await AddCaseAsync(
            2, Shared, AgeGroup.Under18, 9, null, [.. SharedHashes.Zip([2, 4, 6, 6], (hash, i) => (hash, i))]);
        await AddCaseAsync(3, Gone, AgeGroup.Adult, 4, _today.AddDays(-5), []);
        await AddCaseAsync(4, Forgotten, AgeGroup.Adult, 2, _today.AddDays(-40), []);
        await AddCaseAsync(5, Leaving, AgeGroup.Under18, 4, _today, []);
    }

    private async Task AddCaseAsync(
        int id, CaseKey key, AgeGroup age, int next, DateOnly? withdrawn, (Hash256 Hash, int Picture)[] held)
    {
        await ExecuteAsync(
            """
            INSERT INTO cases (id, key_digest, age_group, state, next_picture, created_day, withdrawn_day)
            VALUES (@0, @1, @2, @3, @4, @5, @6)
            """,
            (long)id,
            key.Digest(),
            (int)age,
            withdrawn is null ? Active : Withdrawn,
            next,
            _today.AddDays(-50),
            withdrawn);
        foreach ((Hash256 hash, int picture) in held)
        {
            object[] row = [(long)id, hash.ToByteArray(), picture, _today];
            await (version == 1
                ? ExecuteAsync(
                    """
                    INSERT INTO fingerprints (case_id, hash, picture, added_day, pending)
                    VALUES (@0, @1, @2, @3, @4)
                    """,
                    [.. row, IsPending(hash) ? 1 : 0])
                : ExecuteAsync(
                    "INSERT INTO fingerprints (case_id, hash, picture, added_day) VALUES (@0, @1, @2, @3)", row));
        }
    }

    // Entries 1 to 10 are the plain case's, 20 and 21 the shared one's, 30 to 32 those that are leaving.
    private async Task AddListAsync()
    {
        int[] listed = [.. Enumerable.Range(0, 10), 20, 21, .. version == 1 ? [] : Enumerable.Range(30, 3)];
        foreach (int seed in listed)
        {
            await ExecuteAsync(
                "INSERT INTO entries (id, hash, added_day) VALUES (@0, @1, @2)",
                EntryBase - seed,
                TestHashes.Make(seed).ToByteArray(),
                _today.AddDays(-2));
        }

        if (version == 1)
        {
            return;
        }

        // What case 3 had has come and gone.
        long[] log = [7, .. listed.Select(seed => EntryBase - seed), 7];
        foreach ((int i, long entry) in log.Index())
        {
            await ExecuteAsync(
                "INSERT INTO log (position, entry_id, stamp) VALUES (@0, @1, @2)", i + 1L, entry, RandomId.Next());
        }

        await ExecuteAsync("UPDATE log_head SET position = @0", (long)log.Length);
        foreach (Hash256 hash in PlainHashes.Where(IsPending).Concat(LeavingHashes))
        {
            await ExecuteAsync(
                "INSERT INTO outbox (id, hash) VALUES (@0, @1)", ++_rows, hash.ToByteArray());
        }
    }

    private static bool IsPending(Hash256 hash) => PlainHashes.Skip(10).Contains(hash);

    // Published are those of the cases 3 (withdrawn again) and 5, and half of the plain one's.
    private async Task AddFeedAsync()
    {
        byte[] epoch = RandomNumberGenerator.GetBytes(FeedDigest.EpochByteCount);
        var head = (Position: 0L, Chain: FeedDigest.FirstChain(epoch), Live: 0L);
        int[] published = [99, .. Enumerable.Range(0, 5), 30, 31, 32];
        foreach (int seed in published)
        {
            byte[] hash = TestHashes.Make(seed).ToByteArray();
            byte[] salt = [.. hash.Take(FeedDigest.SaltByteCount).Reverse()];
            bool isErased = seed == 99;
            head = await AppendAsync(
                head,
                FeedDigest.AdditionLeaf(salt, hash),
                1,
                [null, .. isErased ? (object?[])[null, null, null] : [EntryBase - seed, hash, salt]]);
            await ExecuteAsync(
                "UPDATE entries SET feed_position = @0 WHERE id = @1", head.Position, EntryBase - seed);
        }

        head = await AppendAsync(head, FeedDigest.WithdrawalLeaf(1), -1, [1L, null, null, null]);
        await ExecuteAsync("UPDATE cases SET withdrawn_position = @0 WHERE id IN (3, 4)", head.Position);
        await ExecuteAsync(
            "INSERT INTO feed_head (id, epoch, position, chain, live_count) VALUES (1, @0, @1, @2, @3)",
            epoch,
            head.Position,
            head.Chain,
            head.Live);
        FeedEnd = new FeedPosition
        {
            Epoch = ByteString.CopyFrom(epoch),
            Position = (ulong)head.Position,
            Chain = ByteString.CopyFrom(head.Chain),
        };
    }

    private async Task<(long Position, byte[] Chain, long Live)> AppendAsync(
        (long Position, byte[] Chain, long Live) head, byte[] leaf, int live, object?[] content)
    {
        head = (head.Position + 1, FeedDigest.Chain(head.Chain, leaf), head.Live + live);
        await ExecuteAsync(
            """
            INSERT INTO feed_changes (position, leaf, chain, live_count, target, entry_id, hash, salt)
            VALUES (@0, @1, @2, @3, @4, @5, @6, @7)
            """,
            [head.Position, leaf, head.Chain, head.Live, .. content]);
        return head;
    }

    private async Task<string?> ScriptAsync(int number)
    {
        await using Stream? script = typeof(SchemaScripts).Assembly.GetManifestResourceStream(
            FormattableString.Invariant($"HashMatch.Service.Storage.{dialect.Name}.{number:000}.sql"));
        return script is null ? null : await new StreamReader(script).ReadToEndAsync();
    }

    // The types that a column has are known where a value is null too.
    private async Task ExecuteAsync(string statement, params object?[] values)
    {
        await using DbCommand command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = statement;
        foreach ((int i, object? value) in values.Index())
        {
            DbParameter parameter = command.CreateParameter();
            parameter.ParameterName = FormattableString.Invariant($"@{i}");
            parameter.Value = value ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }

        await command.ExecuteNonQueryAsync();
    }
}
