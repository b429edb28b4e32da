using HashMatch.Service.Storage;
using HashMatch.Service.Tests.Storage;

namespace HashMatch.Service.Tests.Feed;

[Trait("Category", TestDatabase.Category)]
public sealed class DoctorTests
{
    // What is done to the database, and what is then not well. Position 1 to 4 are additions, 5 and 6 withdrawals of
    // two of them.
    public static TheoryData<string, string[]> Damages => new()
    {
        { "DELETE FROM log WHERE position = 2", ["log"] },
        { "UPDATE log_head SET position = position + 1", ["log"] },
        { "DELETE FROM feed_changes WHERE position = 6", ["feed", "feed's chain", "feed's erasure"] },
        { "UPDATE feed_head SET position = 7", ["feed"] },
        { "UPDATE feed_head SET live_count = 3", ["feed's chain", "feed's entries"] },
        { "UPDATE feed_head SET chain = leaf FROM feed_changes c WHERE c.position = 1", ["feed's chain"] },
        { "UPDATE feed_head SET epoch = mirror_id FROM mirrors", ["feed's chain"] },
        {
            "UPDATE feed_changes SET leaf = c.chain FROM feed_head c WHERE feed_changes.position = 3",
            ["feed's chain"]
        },
        {
            "UPDATE feed_changes SET chain = c.chain FROM feed_head c WHERE feed_changes.position = 3",
            ["feed's chain"]
        },
        { "UPDATE feed_changes SET live_count = 9 WHERE position = 3", ["feed's chain"] },
        { "UPDATE feed_changes SET target = target + 10 WHERE position = 5", ["feed's chain", "feed's erasure"] },
        {
            "UPDATE feed_changes SET salt = mirror_id FROM mirrors WHERE hash IS NOT NULL",
            ["feed's chain"]
        },
        {
            "UPDATE feed_changes SET salt = mirror_id FROM mirrors WHERE target IS NULL AND hash IS NULL",
            ["feed's erasure"]
        },
        { "UPDATE feed_changes SET entry_id = 7 WHERE target IS NOT NULL", ["feed's erasure"] },
        {
            "UPDATE feed_changes SET hash = NULL, salt = NULL, entry_id = NULL WHERE hash IS NOT NULL",
            ["feed's erasure", "feed's entries"]
        },
        { "DELETE FROM entries WHERE feed_position IS NOT NULL", ["feed's entries"] },
        { "UPDATE entries SET feed_position = 5 WHERE feed_position IS NOT NULL", ["feed's entries"] },
        { "DELETE FROM schema_versions WHERE version >= 3", ["schema"] },
        { "DROP TABLE feed_head", ["database"] },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task Examine_DatabaseDamaged_SaysWhat(string damage, string[] expected)
    {
        await using TestService service = await StartAsync();
        List<Finding> before = await service.ExamineAsync();

        // The service must not mend it meanwhile.
        await service.StopAsync();
        await service.AlterAsync(damage);
        List<Finding> after = await service.ExamineAsync();

        Assert.All(before, finding => Assert.True(finding.IsWell, finding.ToString()));
        Assert.Equal(expected, after.Where(finding => !finding.IsWell).Select(finding => finding.Subject));
        Assert.All(after, finding => Assert.NotEqual("", finding.Words));
    }

    [Theory]
    [InlineData("entry-ids.key")]
    [InlineData("feed-signing.key")]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task Examine_KeyFileMissingOpenOrDamaged_SaysWhich(string name)
    {
        await using TestService service = await StartAsync();
        string path = Path.Combine(service.Folder, "keys", name);

        File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.GroupRead);
        List<Finding> open = await service.ExamineAsync();
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await File.AppendAllTextAsync(path, "x", TestContext.Current.CancellationToken);
        List<Finding> damaged = await service.ExamineAsync();
        File.Delete(path);
        List<Finding> missing = await service.ExamineAsync();

        string subject = $"key file {name}";
        Assert.Contains("0600", Trouble(open, subject), StringComparison.Ordinal);
        Assert.Contains("damaged", Trouble(damaged, subject), StringComparison.Ordinal);
        Assert.Contains("missing", Trouble(missing, subject), StringComparison.Ordinal);
        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task Examine_FileOfTheDatabaseDamaged_SaysSo()
    {
        Assert.SkipWhen(TestDatabase.IsPostgres, "PostgreSQL's files are its own.");
        string folder = TestService.NewFolder();
        await using (TestService service = await TestService.StartAsync(folder, settings: FeedSteps.ByHand))
        {
            await service.RegisterAsync(Enumerable.Range(0, 500));
            await service.PublishAsync();
        }

        string file = Path.Combine(folder, "hashmatch.db");
        byte[] bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        bytes.AsSpan(bytes.Length / 2, 4096).Fill(0xFF);
        await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);
        (int code, string output) = await RunAsync(folder);

        Assert.Equal(1, code);
        Assert.Contains("FAILED", output, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Doctor_AsACommand_PrintsALineEachAndGivesACode()
    {
        Assert.SkipWhen(TestDatabase.IsPostgres, "The command is the same for both.");
        string folder = TestService.NewFolder();
        (int none, string withoutDatabase) = await RunAsync(folder);
        await using (TestService service = await TestService.StartAsync(folder, settings: FeedSteps.ByHand))
        {
            await service.RegisterAsync(1);
            await service.PublishAsync();
        }

        (int code, string output) = await RunAsync(folder);

        Assert.Equal((1, 0), (none, code));
        Assert.Contains("FAILED database: there is none.", withoutDatabase, StringComparison.Ordinal);
        Assert.Contains("ok     feed: 1 changes, none missing", output, StringComparison.Ordinal);
        Assert.DoesNotContain("FAILED", output, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Examine_PostgresThatDoesNotWaitForItsDisk_SaysSo()
    {
        Assert.SkipUnless(TestDatabase.IsPostgres, "These are PostgreSQL's settings.");
        await using TestService service = await StartAsync();

        await service.AlterAsync(
            """
            DO $$ BEGIN
                EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off', current_database());
            END $$
            """);
        Npgsql.NpgsqlConnection.ClearAllPools();
        List<Finding> findings = await service.ExamineAsync();

        Assert.Contains("on", Trouble(findings, "PostgreSQL's synchronous_commit"), StringComparison.Ordinal);
        Assert.Contains(findings, finding => finding is { IsWell: true, Subject: "PostgreSQL's fsync" });
        Assert.Contains(findings, finding => finding.Subject == "PostgreSQL's synchronous_standby_names");
    }

    private static string Trouble(List<Finding> findings, string subject)
    {
        Finding finding = Assert.Single(findings, finding => !finding.IsWell);
        Assert.Equal(subject, finding.Subject);
        return finding.Words;
    }

    private static async Task<(int Code, string Output)> RunAsync(string folder)
    {
        await using TestProcess process = TestProcess.Start(
            "HashMatch.Service", ["doctor"], new Dictionary<string, string> { ["Storage__Path"] = folder });
        int code = await process.EndAsync();
        return (code, process.Output);
    }

    private static async Task<TestService> StartAsync()
    {
        TestService service = await TestService.StartAsync(settings: FeedSteps.ByHand);
        Protocol.CaseKey withdrawn = await service.RegisterAsync(1, 2);
        await service.RegisterAsync(3, 4);
        await service.PublishAsync();
        await service.CaseClient.WithdrawAsync(withdrawn);
        FeedCaller caller = await FeedCaller.ConnectAsync(service);
        await caller.AcknowledgeAsync(new byte[16], (await caller.CheckpointAsync()).At);
        return service;
    }
}
