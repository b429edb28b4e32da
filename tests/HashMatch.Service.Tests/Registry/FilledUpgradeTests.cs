using Grpc.Core;
using HashMatch.Client;
using HashMatch.Matching;
using HashMatch.Protocol;
using HashMatch.Service.Storage;
using HashMatch.Service.Tests.Feed;
using HashMatch.Service.Tests.Mirrors;
using HashMatch.Service.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace HashMatch.Service.Tests.Registry;

/// <summary>Databases of earlier versions, with data in them, under the service as it is now.</summary>
/// <remarks>A new script is applied to each of them as well, and to the newest that can be filled.</remarks>
[Trait("Category", TestDatabase.Category)]
public sealed class FilledUpgradeTests : IDisposable
{
    private static readonly Hash256[] Listed =
        [.. FilledDatabase.PlainHashes.Union(FilledDatabase.SharedHashes)];

    private readonly string _folder = TestService.NewFolder();

    // Of PostgreSQL there is no version 1.
    public static TheoryData<int> Versions =>
        [.. Enumerable.Range(1, FilledDatabase.Newest).Skip(TestDatabase.IsPostgres ? 1 : 0)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Start_OnAFilledVersion_HasAllThatWasThereAndGoesOn(int version)
    {
        FilledDatabase filled = await FillAsync(version);

        await using TestService service = await TestService.StartAsync(_folder, null, FeedSteps.AtOnce);
        await service.MergeAsync();

        await AssertThereAsync(service, filled);
        await AssertFollowedAsync(service, filled);
        Assert.All(await service.ExamineAsync(), finding => Assert.True(finding.IsWell, finding.ToString()));
    }

    [Fact]
    public async Task Start_Twice_AppliesEachScriptOnce()
    {
        await FillAsync(2);
        await using (await TestService.StartAsync(_folder))
        {
        }

        await using TestService service = await TestService.StartAsync(_folder);
        List<int> versions = await service.ReadAsync(
            db => db.Database.SqlQueryRaw<int>("SELECT version AS \"Value\" FROM schema_versions").ToListAsync());
        SqlDialect dialect = await DialectAsync();

        int first = TestDatabase.IsPostgres ? 2 : 1;
        Assert.Equal(
            Enumerable.Range(first, SchemaScripts.Newest(dialect) - first + 1), versions.Order());
    }

    private static async Task AssertThereAsync(TestService service, FilledDatabase filled)
    {
        await using (HashMatchDb db = await service.OpenAsync())
        {
            await RegistryContents.AssertListAsync(db, [.. Listed]);
        }

        using var platform = new MatchClient(service.GrpcAddress, filled.ApiKey.ToText());
        IReadOnlyList<HashMatches> found =
            await platform.MatchAsync([.. Listed, .. FilledDatabase.LeavingHashes], 0, Token);
        GetStatusResponse plain = await service.CaseClient.GetStatusAsync(filled.Plain, Token);
        GetStatusResponse shared = await service.CaseClient.GetStatusAsync(filled.Shared, Token);
        GetStatusResponse gone = await service.CaseClient.GetStatusAsync(filled.Gone, Token);
        GetStatusResponse leaving = await service.CaseClient.GetStatusAsync(filled.Leaving, Token);

        Assert.All(found.Take(Listed.Length), result => Assert.Single(result.Matches));
        Assert.All(found.Skip(Listed.Length), result => Assert.Empty(result.Matches));
        Assert.Equal((CaseState.Active, AgeGroup.Adult), (plain.State, plain.AgeGroup));
        Assert.Equal(Enumerable.Range(1, 12), plain.Pictures.Select(picture => (int)picture.Number));
        Assert.Equal((CaseState.Active, AgeGroup.Under18), (shared.State, shared.AgeGroup));
        Assert.Equal(
            [(2u, 1u), (4u, 1u), (6u, 2u)],
            shared.Pictures.Select(picture => (picture.Number, picture.Fingerprints)));
        Assert.Equal((CaseState.Withdrawn, 0u), (gone.State, gone.PictureCount));
        Assert.Equal((CaseState.Withdrawn, 0u), (leaving.State, leaving.PictureCount));
        await FeedSteps.UntilAsync(async () =>
            await RefusalAsync(() => service.CaseClient.GetStatusAsync(filled.Forgotten)) == StatusCode.NotFound);
        Assert.Equal(
            StatusCode.FailedPrecondition,
            await RefusalAsync(() => service.CaseClient.RegisterAsync(filled.Gone, TestHashes.Make(1))));
    }

    private static async Task AssertFollowedAsync(TestService service, FilledDatabase filled)
    {
        using ServedMirror served = await ServedMirror.ConnectAsync(service);
        await served.UntilPublishedAsync();
        await using HashListMirror mirror = await served.OpenAsync();
        await served.AssertEqualAsync(mirror);

        List<PictureReceipt> added = await service.CaseClient.RegisterAsync(filled.Shared, TestHashes.Make(50));
        await service.MergeAsync();
        await served.UntilPublishedAsync();
        await mirror.PullAsync(Token);
        int ofAddition = mirror.Match(TestHashes.Make(50), 0).Count;
        int withdrawn = await service.CaseClient.WithdrawAsync(filled.Shared, Token);
        await mirror.PullAsync(Token);
        GetStatusResponse status = await service.CaseClient.GetStatusAsync(filled.Shared, Token);

        Assert.Equal(9u, Assert.Single(added).Number);
        Assert.Equal(1, ofAddition);
        Assert.Equal(4, withdrawn);
        Assert.Equal(FilledDatabase.PlainHashes.Length, mirror.Status.LiveCount);
        await served.AssertEqualAsync(mirror);
        Assert.Equal((1u, 1u), (status.MirrorsConfirmed, status.Mirrors));

        // The chain from the very first change, and on from where a mirror was under the earlier version.
        FeedCaller caller = await FeedCaller.ConnectAsync(service);
        FeedCopy copy = await (await FeedCopy.BeginAsync(caller)).FetchAllAsync(caller);
        Assert.Equal(FilledDatabase.PlainHashes.InOrder(), copy.Hashes.InOrder());
        if (filled.FeedEnd is FeedPosition before)
        {
            Assert.Equal(StatusCode.OK, await caller.FetchStatusAsync(before));
        }
    }

    private static async Task<StatusCode> RefusalAsync(Func<Task> call) =>
        (await Record.ExceptionAsync(call) as RpcException)?.StatusCode ?? StatusCode.OK;

    private async Task<FilledDatabase> FillAsync(int version)
    {
        SqlDialect dialect = await DialectAsync();
        dialect.Prepare();
        var options = new DbContextOptionsBuilder<HashMatchDb>();
        dialect.Configure(options);
        await using var db = new HashMatchDb(options.Options);
        var filled = new FilledDatabase(db, dialect, version);
        await filled.MakeAsync();
        return filled;
    }

    private async Task<SqlDialect> DialectAsync()
    {
        const string Connection = "--Storage:ConnectionString=";
        string[] settings = await TestDatabase.SettingsAsync(_folder);
        return SqlDialect.Of(new StorageOptions
        {
            Path = _folder,
            Provider = TestDatabase.IsPostgres ? StorageProvider.Postgres : StorageProvider.Sqlite,
            ConnectionString = settings
                .FirstOrDefault(setting => setting.StartsWith(Connection, StringComparison.Ordinal), Connection)
                [Connection.Length..],
        });
    }
}
