using System.Diagnostics;
using HashMatch.Matching;
using HashMatch.Protocol;
using HashMatch.Service.Matching;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HashMatch.Service.Tests.Storage;

public sealed class ErasureTests
{
    [Fact]
    public async Task Withdraw_ThenLookAtEveryFile_FindsTheHashNowhere()
    {
        await using TestService service = await TestService.StartAsync();
        Hash256[] hashes = [.. Enumerable.Range(0, 50).Select(TestHashes.Make)];
        var withdrawn = CaseKey.Create();
        await service.CaseClient.RegisterAsync(withdrawn, hashes);
        await service.CaseClient.RegisterAsync(CaseKey.Create(), TestHashes.Make(100));
        Assert.All(hashes, hash => Assert.NotEmpty(FilesWith(service.Folder, hash)));

        await service.CaseClient.WithdrawAsync(withdrawn);
        var patience = Stopwatch.StartNew();
        while (hashes.Any(hash => FilesWith(service.Folder, hash).Count > 0)
            && patience.Elapsed < TimeSpan.FromSeconds(10))
        {
            await Task.Delay(20);
        }

        Assert.All(hashes, hash => Assert.Empty(FilesWith(service.Folder, hash)));
        Assert.NotEmpty(FilesWith(service.Folder, TestHashes.Make(100)));
    }

    [Fact]
    public async Task Withdraw_ThenRewriteTheSnapshot_LeavesTheHashInNoFile()
    {
        var clock = new SteppedClock();
        await using TestService service = await TestService.StartAsync();
        using var writer = new SnapshotWriter(
            service.Services.GetRequiredService<HashList>(),
            service.Services.GetRequiredService<ListSnapshot>(),
            clock,
            service.Services.GetRequiredService<ILogger<SnapshotWriter>>());
        Hash256[] hashes = [.. Enumerable.Range(0, 50).Select(TestHashes.Make)];
        var withdrawn = CaseKey.Create();
        await service.CaseClient.RegisterAsync(withdrawn, hashes);
        await service.CaseClient.RegisterAsync(CaseKey.Create(), TestHashes.Make(100));
        await service.Services.GetRequiredService<Sequencer>().MergeAsync(TestContext.Current.CancellationToken);
        await writer.WriteIfDueAsync(TestContext.Current.CancellationToken);
        Assert.All(hashes, hash => Assert.Contains(SnapshotIn(service.Folder), FilesWith(service.Folder, hash)));

        await service.CaseClient.WithdrawAsync(withdrawn);
        clock.Advance(TimeSpan.FromMinutes(55));
        await writer.WriteIfDueAsync(TestContext.Current.CancellationToken);
        Assert.All(hashes, hash => Assert.DoesNotContain(SnapshotIn(service.Folder), FilesWith(service.Folder, hash)));
        var patience = Stopwatch.StartNew();
        while (hashes.Any(hash => FilesWith(service.Folder, hash).Count > 0)
            && patience.Elapsed < TimeSpan.FromSeconds(10))
        {
            await Task.Delay(20);
        }

        Assert.All(hashes, hash => Assert.Empty(FilesWith(service.Folder, hash)));
        Assert.Contains(SnapshotIn(service.Folder), FilesWith(service.Folder, TestHashes.Make(100)));
    }

    private static string SnapshotIn(string folder) => Path.Combine(folder, "list.snapshot");

    // As the database has it, in one piece, or as the snapshot has it, in four words: any of them gives it away.
    private static List<string> FilesWith(string folder, Hash256 hash) =>
    [
        .. from file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
           let content = ReadShared(file)
           where content.AsSpan().IndexOf(hash.ToByteArray()) >= 0
               || Enumerable.Range(0, 4).Any(
                   word => content.AsSpan().IndexOf(BitConverter.GetBytes(hash.GetWord(word))) >= 0)
           select file,
    ];

    private static byte[] ReadShared(string path)
    {
        try
        {
            using var file =
                new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            byte[] bytes = new byte[file.Length];
            file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return bytes;
        }
        catch (FileNotFoundException)
        {
            // SQLite makes and removes its own while others look.
            return [];
        }
        catch (IOException) when (path.EndsWith("service.lock", StringComparison.Ordinal))
        {
            // Held by the service, and empty.
            return [];
        }
    }
}
