using HashMatch.Client;
using HashMatch.Matching;
using HashMatch.Protocol;
using HashMatch.Service.Matching;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HashMatch.Service.Tests.Storage;

/// <summary>The service's start from its snapshot file, and from every kind of bad one.</summary>
[Trait("Category", TestDatabase.Category)]
public sealed class ListSnapshotTests : IDisposable
{
    private const string FromFile = "The list is loaded from the snapshot file";
    private const string FromDatabase = "The list is read from the database: ";

    private readonly string _folder = TestService.NewFolder();
    private readonly CaseKey _first = CaseKey.Create();
    private readonly CaseKey _second = CaseKey.Create();

    private string FilePath => Path.Combine(_folder, "list.snapshot");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_AfterACleanStop_IsFromTheFile()
    {
        await FillAsync();

        await AssertListsAsync(FromFile, TestHashes.Make(1), TestHashes.Make(2));
    }

    [Fact]
    public async Task Start_WithoutAFile_IsFromTheDatabase()
    {
        await FillAsync();
        File.Delete(FilePath);

        await AssertListsAsync(FromDatabase + "there is no snapshot file", TestHashes.Make(1), TestHashes.Make(2));
    }

    [Fact]
    public async Task Start_FileOfBefore_FollowsWhatCameAndWentSince()
    {
        await FillAsync();
        byte[] old = await File.ReadAllBytesAsync(FilePath, Token);
        await using (TestService service = await TestService.StartAsync(_folder))
        {
            await service.CaseClient.WithdrawAsync(_first, Token);
            await service.CaseClient.RegisterAsync(CaseKey.Create(), TestHashes.Make(3));
        }

        await File.WriteAllBytesAsync(FilePath, old, Token);

        await AssertListsAsync(FromFile, TestHashes.Make(2), TestHashes.Make(3));
    }

    [Fact]
    public async Task Start_AfterAKillBeforeAnyFile_ListsAll()
    {
        await using (TestService service = await TestService.StartAsync(_folder))
        {
            await service.CaseClient.RegisterAsync(_first, TestHashes.Make(1));
        }

        File.Delete(FilePath);
        await File.WriteAllTextAsync($"{FilePath}.{Guid.NewGuid():N}.draft", "half", Token);

        await AssertListsAsync(FromDatabase, TestHashes.Make(1));
        Assert.Equal([FilePath], Directory.GetFiles(_folder, "list.*"));
    }

    [Theory]
    [InlineData("truncated")]
    [InlineData("flipped")]
    [InlineData("emptied")]
    [InlineData("longer")]
    [InlineData("zeroed")]
    public async Task Start_FileDamaged_IsFromTheDatabaseAndTheFileMadeAnew(string damage)
    {
        await FillAsync();
        byte[] good = await File.ReadAllBytesAsync(FilePath, Token);
        byte[] bad = damage switch
        {
            "truncated" => good[..^17],
            "flipped" => [.. good[..60], (byte)(good[60] ^ 1), .. good[61..]],
            "emptied" => [],
            "longer" => [.. good, 0],
            _ => new byte[good.Length],
        };
        await File.WriteAllBytesAsync(FilePath, bad, Token);

        await AssertListsAsync(
            FromDatabase + "the snapshot file is damaged", TestHashes.Make(1), TestHashes.Make(2));
        await AssertListsAsync(FromFile, TestHashes.Make(1), TestHashes.Make(2));
    }

    [Fact]
    public async Task Start_FileOfAnotherProgramsIndex_IsFromTheDatabase()
    {
        await FillAsync();
        var other = new HashIndex();
        other.Add(TestHashes.Make(9), 9);
        await other.SaveAsync(FilePath, "hmlist/2"u8, Token);

        await AssertListsAsync(
            FromDatabase + "the snapshot file is not of a service's list", TestHashes.Make(1), TestHashes.Make(2));
    }

    [Fact]
    public async Task Start_FileOfAnotherDatabase_IsFromTheDatabase()
    {
        await FillAsync();
        string elsewhere = TestService.NewFolder();
        await using (TestService other = await TestService.StartAsync(elsewhere))
        {
            await other.CaseClient.RegisterAsync(CaseKey.Create(), TestHashes.Make(8), TestHashes.Make(9));
            await WaitForAsync(other, 2);
        }

        File.Copy(Path.Combine(elsewhere, "list.snapshot"), FilePath, overwrite: true);
        Directory.Delete(elsewhere, recursive: true);

        await AssertListsAsync(
            FromDatabase + "the snapshot file is of another database", TestHashes.Make(1), TestHashes.Make(2));
    }

    [Fact]
    public async Task Start_FileOfAnEmptyListOfAnotherDatabase_ListsAll()
    {
        await FillAsync();
        string elsewhere = TestService.NewFolder();
        await using (TestService other = await TestService.StartAsync(elsewhere))
        {
            Assert.Equal(0, other.Services.GetRequiredService<HashList>().Count);
        }

        File.Copy(Path.Combine(elsewhere, "list.snapshot"), FilePath, overwrite: true);
        Directory.Delete(elsewhere, recursive: true);

        await AssertListsAsync(FromFile, TestHashes.Make(1), TestHashes.Make(2));
    }

    [Fact]
    public async Task Start_LogRewoundAndWrittenAnewToTheSamePosition_IsFromTheDatabase()
    {
        await FillAsync();
        byte[] old = await File.ReadAllBytesAsync(FilePath, Token);
        await using (TestService service = await TestService.StartAsync(_folder))
        {
            // As if the database had been put back to before the second case, and another had come instead.
            await service.CaseClient.WithdrawAsync(_second, Token);
            await service.AlterAsync(
                "DELETE FROM log WHERE position > 1; UPDATE log_head SET position = 1; DELETE FROM outbox");
            await service.CaseClient.RegisterAsync(CaseKey.Create(), TestHashes.Make(3));
            await service.Services.GetRequiredService<Sequencer>().MergeAsync(Token);
        }

        await File.WriteAllBytesAsync(FilePath, old, Token);

        await AssertListsAsync(
            FromDatabase + "the snapshot file is of another database", TestHashes.Make(1), TestHashes.Make(3));
    }

    [Fact]
    public async Task Start_LogRewoundToBeforeTheFile_IsFromTheDatabase()
    {
        await FillAsync();
        byte[] old = await File.ReadAllBytesAsync(FilePath, Token);
        await using (TestService service = await TestService.StartAsync(_folder))
        {
            await service.CaseClient.WithdrawAsync(_second, Token);
            await service.AlterAsync(
                "DELETE FROM log WHERE position > 1; UPDATE log_head SET position = 1; DELETE FROM outbox");
        }

        await File.WriteAllBytesAsync(FilePath, old, Token);

        await AssertListsAsync(FromDatabase + "the snapshot file is of another database", TestHashes.Make(1));
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task File_Written_IsItsOwnersAlone()
    {
        await FillAsync();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FilePath));
    }

    [Fact]
    public async Task WriteIfDue_ChangesGoOn_WritesSoonAfterTheStartAndThenWithinEachHour()
    {
        var clock = new SteppedClock();
        await using TestService service = await TestService.StartAsync(_folder);
        using SnapshotWriter writer = Writer(service, clock);
        await service.CaseClient.RegisterAsync(_first, TestHashes.Make(1));
        await WaitForAsync(service, 1);

        await writer.WriteIfDueAsync(Token);
        Assert.Equal(1, await SavedCountAsync());

        await service.CaseClient.RegisterAsync(_second, TestHashes.Make(2));
        await WaitForAsync(service, 2);
        await writer.WriteIfDueAsync(Token);
        Assert.Equal(1, await SavedCountAsync());

        clock.Advance(TimeSpan.FromMinutes(55));
        await writer.WriteIfDueAsync(Token);
        Assert.Equal(2, await SavedCountAsync());

        await service.CaseClient.WithdrawAsync(_first, Token);
        clock.Advance(TimeSpan.FromMinutes(55));
        await writer.WriteIfDueAsync(Token);
        Assert.Equal(1, await SavedCountAsync());
    }

    [Fact]
    public async Task WriteIfDue_NothingChanged_WritesNothing()
    {
        await FillAsync();
        var clock = new SteppedClock();
        await using TestService service = await TestService.StartAsync(_folder);
        using SnapshotWriter writer = Writer(service, clock);
        File.Delete(FilePath);

        await writer.WriteIfDueAsync(Token);
        clock.Advance(TimeSpan.FromDays(30));
        await writer.WriteIfDueAsync(Token);

        Assert.False(File.Exists(FilePath));
    }

    [Fact]
    public async Task WriteIfDue_FileCannotBeWritten_SaysSoOnceAndServesOn()
    {
        using var log = new CapturedLog();
        var clock = new SteppedClock();
        await using TestService service = await TestService.StartAsync(_folder, log);
        using SnapshotWriter writer = Writer(service, clock);
        Directory.CreateDirectory(Path.Combine(FilePath, "in the way"));
        await service.CaseClient.RegisterAsync(_first, TestHashes.Make(1));
        for (int i = 0; i < 3; i++)
        {
            await writer.WriteIfDueAsync(Token);
            clock.Advance(TimeSpan.FromMinutes(2));
        }

        Assert.Single(log.Lines, line => line.Contains("snapshot file could not be written", StringComparison.Ordinal));
        using MatchClient platform = await service.ConnectPlatformAsync();
        Assert.Single(await platform.MatchesAsync(TestHashes.Make(1), 1));

        Directory.Delete(FilePath, recursive: true);
        await writer.WriteIfDueAsync(Token);
        Assert.Equal(1, await SavedCountAsync());
    }

    [Fact]
    public async Task WriteIfDue_CannotBeWrittenAfterAWithdrawal_DeletesTheOldFile()
    {
        var clock = new SteppedClock();
        await using TestService service = await TestService.StartAsync(_folder);
        using SnapshotWriter writer = Writer(service, clock);
        await service.CaseClient.RegisterAsync(_first, TestHashes.Make(1));
        await WaitForAsync(service, 1);
        await writer.WriteIfDueAsync(Token);
        await service.CaseClient.WithdrawAsync(_first, Token);
        clock.Advance(TimeSpan.FromMinutes(55));

        // Stands for a full disk: the log cannot be read, so that there is nothing to write.
        await service.AlterAsync("ALTER TABLE log RENAME TO elsewhere");
        await writer.WriteIfDueAsync(Token);
        await service.AlterAsync("ALTER TABLE elsewhere RENAME TO log");

        Assert.False(File.Exists(FilePath));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // Beside the service's own, which writes ten seconds after the start and at the stop.
    private static SnapshotWriter Writer(TestService service, TimeProvider clock) => new(
        service.Services.GetRequiredService<HashList>(),
        service.Services.GetRequiredService<ListSnapshot>(),
        clock,
        service.Services.GetRequiredService<ILogger<SnapshotWriter>>());

    private static async Task WaitForAsync(TestService service, int count)
    {
        HashList list = service.Services.GetRequiredService<HashList>();
        while (list.Count != count)
        {
            await Task.Delay(5, Token);
        }
    }

    private async Task<int> SavedCountAsync() => (await HashIndex.LoadAsync(FilePath, Token)).Index.Count;

    private async Task FillAsync()
    {
        await using TestService service = await TestService.StartAsync(_folder);
        await service.CaseClient.RegisterAsync(_first, TestHashes.Make(1));
        await WaitForAsync(service, 1);
        await service.CaseClient.RegisterAsync(_second, TestHashes.Make(2));
        await WaitForAsync(service, 2);
    }

    // Starts, looks where the list came from and that just these of the hashes 1 to 9 match.
    private async Task AssertListsAsync(string source, params Hash256[] expected)
    {
        using var log = new CapturedLog();
        await using TestService service = await TestService.StartAsync(_folder, log);
        using MatchClient platform = await service.ConnectPlatformAsync();
        var matches = new List<BatchMatch>();
        Hash256[] asked = [.. Enumerable.Range(1, 9).Select(TestHashes.Make)];
        service.Services.GetRequiredService<HashList>().Search(asked, 0, matches);

        Assert.Equal(
            expected.Select(hash => Array.IndexOf(asked, hash)), matches.Select(match => match.QueryIndex).Order());
        Assert.Contains(log.Lines, line => line.Contains(source, StringComparison.Ordinal));
        Assert.All(expected, hash => Assert.DoesNotContain(
            log.Lines, line => line.Contains(hash.ToHex(), StringComparison.OrdinalIgnoreCase)));
    }
}
