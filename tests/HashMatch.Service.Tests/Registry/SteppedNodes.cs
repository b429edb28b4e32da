using HashMatch.Matching;
using HashMatch.Service.Cases;
using HashMatch.Service.Matching;
using HashMatch.Service.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace HashMatch.Service.Tests.Registry;

/// <summary>Two nodes on one PostgreSQL database, whose sequencers do but the steps they are told.</summary>
public sealed class SteppedNodes : IAsyncDisposable
{
    /// <summary>The case that is there when the writers begin.</summary>
    public const long FirstCase = 1;

    private readonly string _folder;
    private readonly string _database;
    private readonly WebApplication _app;
    private readonly CaseTable _cases;
    private readonly HashMatchDb _db;
    private readonly SteppedNode[] _nodes;
    private readonly List<HashMatchDb> _writers = [];
    private int _writing;

    private SteppedNodes(string folder, string database, WebApplication app)
    {
        _folder = folder;
        _database = database;
        _app = app;
        _cases = app.Services.GetRequiredService<CaseTable>();
        _db = PostgresServers.Open(database);
        _nodes = [new SteppedNode(app.Services, database), new SteppedNode(app.Services, database)];
    }

    /// <summary>Makes the tables, and the nodes without anything that works by itself.</summary>
    public static async Task<SteppedNodes> OpenAsync(string database)
    {
        string folder = TestService.NewFolder();
        WebApplication app = Program.Build(
        [
            $"--Storage:Path={folder}",
            "--Storage:Provider=Postgres",
            $"--Storage:ConnectionString={database}",
            "--Logging:LogLevel:Default=Warning",
        ]);
        await app.Services.PrepareStorageAsync(default);
        return new SteppedNodes(folder, database, app);
    }

    /// <summary>Takes away what is there, and has the first case hold some hashes, at every node.</summary>
    /// <returns>The log's head.</returns>
    public async Task<long> BeginAsync(Hash256[] held)
    {
        await ClearTablesAsync();
        await using (await _db.Database.BeginTransactionAsync())
        {
            await WriterSteps.WriteAsync(_db, _cases, FirstCase, held, []);
            await _db.Database.CommitTransactionAsync();
        }

        await EndAsync();
        _writing = 0;
        return (await _db.LogHeads.AsNoTracking().SingleAsync()).Position;
    }

    /// <summary>Takes everything away, as withdrawals do.</summary>
    public async Task ClearAsync()
    {
        await ClearTablesAsync();
        await EndAsync();
    }

    /// <summary>A writer, on a connection of its own that stays open.</summary>
    public async Task<WriterSteps> WriterAsync(Hash256[] adds, Hash256[] drops, bool isCommitted)
    {
        if (_writing == _writers.Count)
        {
            _writers.Add(PostgresServers.Open(_database));
            await _writers[^1].Database.OpenConnectionAsync();
        }

        HashMatchDb db = _writers[_writing++];
        return new WriterSteps(db, _cases, FirstCase + _writing, adds, drops, isCommitted);
    }

    /// <summary>Has a node do its next step.</summary>
    public Task GoOnAsync(int node) => _nodes[node].GoOnAsync();

    /// <summary>Has the first node merge whatever is left, and both follow.</summary>
    public async Task EndAsync()
    {
        await _nodes[0].GoOnAsync();
        await _nodes[0].GoOnAsync();
        await _nodes[1].FollowAsync();
    }

    /// <summary>Fails unless both lists are exactly these entries.</summary>
    public void AssertLists(List<Entry> entries)
    {
        Hash256[] hashes = [.. entries.Select(entry => entry.Hash)];
        foreach (SteppedNode node in _nodes)
        {
            var found = new List<BatchMatch>();
            node.List.Search(hashes, 0, found);
            Assert.Equal(entries.Count, node.List.Count);
            Assert.Equal(
                entries.Select((entry, i) => (i, (ulong)entry.Id)),
                found.Select(match => (match.QueryIndex, match.Id)).Order());
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (SteppedNode node in _nodes)
        {
            node.Dispose();
        }

        foreach (HashMatchDb writer in _writers)
        {
            await writer.DisposeAsync();
        }

        await _db.DisposeAsync();
        await _app.DisposeAsync();
        Npgsql.NpgsqlConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private Task<int> ClearTablesAsync() => _db.Database.ExecuteSqlRawAsync(
        """
        INSERT INTO outbox (id, hash) SELECT row_number() OVER (), hash FROM fingerprints;
        DELETE FROM fingerprints;
        DELETE FROM cases;
        """);

    private sealed class SteppedNode : IDisposable
    {
        private readonly HeldCommits _commits = new();
        private readonly Sequencer _sequencer;
        private Task? _merging;

        public SteppedNode(IServiceProvider services, string database)
        {
            var databases = new Databases(database, null);
            List = new HashList(
                databases,
                services.GetRequiredService<SqlDialect>(),
                services.GetRequiredService<ListSnapshot>(),
                NullLogger<HashList>.Instance);
            _sequencer = ActivatorUtilities.CreateInstance<Sequencer>(
                services, new Databases(database, _commits), List);
        }

        public HashList List { get; }

        public Task FollowAsync() => List.FollowAsync(default);

        public async Task GoOnAsync()
        {
            if (_merging is null)
            {
                // Where there is nothing to merge it does not come to a commit.
                Task reached = _commits.HoldNext();
                _merging = _sequencer.MergeAsync(default);
                await await Task.WhenAny(_merging, reached);
                return;
            }

            _commits.Release();
            await _merging;
            _merging = null;
        }

        public void Dispose()
        {
            _sequencer.Dispose();
            List.Dispose();
        }
    }

    private sealed class Databases(string database, HeldCommits? commits) : IDbContextFactory<HashMatchDb>
    {
        private readonly DbContextOptions<HashMatchDb> _options = Options(database, commits);

        public HashMatchDb CreateDbContext() => new(_options);

        private static DbContextOptions<HashMatchDb> Options(string database, HeldCommits? commits)
        {
            var options = new DbContextOptionsBuilder<HashMatchDb>();
            PostgresServers.Dialect(database).Configure(options);
            return (commits is null ? options : options.AddInterceptors(commits)).Options;
        }
    }
}
