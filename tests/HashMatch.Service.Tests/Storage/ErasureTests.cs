using System.Diagnostics;
using HashMatch.Matching;
using HashMatch.Protocol;

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

    private static List<string> FilesWith(string folder, Hash256 hash) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => ReadShared(file).AsSpan().IndexOf(hash.ToByteArray()) >= 0)];

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
        catch (IOException) when (path.EndsWith("service.lock", StringComparison.Ordinal))
        {
            // Held by the service, and empty.
            return [];
        }
    }
}
