using System.Text.Json;

namespace HashMatch.Service.Tests.EndToEnd;

/// <summary>The whole way over the real programs: a photo on a person's machine, a copy at a platform.</summary>
public sealed class PhotoToMatchTests : IDisposable
{
    private readonly string _folder = TestService.NewFolder();

    private string Data => Path.Combine(_folder, "data");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task RegisterPhoto_CheckEditedCopy_MatchesUntilWithdrawn()
    {
        string photo = TestPhotos.Photo(_folder);
        string copy = TestPhotos.EditedCopy(photo);
        await using RunningService service = await RunningService.StartAsync(Data);
        string server = service.GrpcAddress;

        (int code, string output, string errors) = await RunAsync(
            server, [], "register", photo, "--adult", "--views", "plain", "--json");
        JsonElement registered = JsonDocument.Parse(output.Trim().Split('\n')[^1]).RootElement;
        string caseKey = registered.GetProperty("case_key").GetString()!;
        Assert.True(code == 0, errors);
        Assert.Equal(1, registered.GetProperty("accepted").GetInt32());

        (code, output, errors) = await RunAsync(
            server, new() { ["HASHMATCH_API_KEY"] = service.DemoKey }, "check", copy, "--json");
        JsonElement match =
            Assert.Single(JsonDocument.Parse(output).RootElement.GetProperty("matches").EnumerateArray());
        Assert.True(code == 0, errors);
        Assert.InRange(match.GetProperty("distance").GetInt32(), 0, 20);

        (code, output, errors) = await RunAsync(
            server, new() { ["HASHMATCH_CASE_KEY"] = caseKey }, "status", "--json");
        Assert.True(code == 0, errors);
        Assert.Equal("active", JsonDocument.Parse(output).RootElement.GetProperty("state").GetString());

        (code, output, errors) = await RunAsync(
            server, new() { ["HASHMATCH_CASE_KEY"] = caseKey }, "withdraw", "--json");
        Assert.True(code == 0, errors);
        Assert.Equal(1, JsonDocument.Parse(output).RootElement.GetProperty("withdrawn").GetInt32());

        (code, output, errors) = await RunAsync(
            server, new() { ["HASHMATCH_API_KEY"] = service.DemoKey }, "check", copy, "--json");
        Assert.True(code == 1, errors);
        Assert.Empty(JsonDocument.Parse(output).RootElement.GetProperty("matches").EnumerateArray());
    }

    [Fact]
    public async Task KilledService_StartedAgain_StillMatchesWhatItAcknowledged()
    {
        string photo = TestPhotos.Photo(_folder);
        string key;
        await using (RunningService service = await RunningService.StartAsync(Data))
        {
            key = service.DemoKey;
            (int registered, _, string errors) =
                await RunAsync(
            service.GrpcAddress, [], "register", photo, "--adult", "--views", "plain", "--json");
            await service.KillAsync();
            Assert.True(registered == 0, errors);
        }

        await using RunningService again = await RunningService.StartAsync(Data);
        (int code, string output, _) = await RunAsync(
            again.GrpcAddress, new() { ["HASHMATCH_API_KEY"] = key }, "check", photo, "--json");
        int stopped = await again.StopAsync();

        Assert.Equal(0, code);
        Assert.Single(JsonDocument.Parse(output).RootElement.GetProperty("matches").EnumerateArray());
        Assert.Equal(0, stopped);
    }

    [Fact]
    public async Task Register_UnfitAmongGoodFiles_TakesTheGoodAndSaysWhyNotTheOthers()
    {
        string photo = TestPhotos.Photo(_folder);
        string truncated = Path.Combine(_folder, "half.jpg");
        await File.WriteAllBytesAsync(truncated, (await File.ReadAllBytesAsync(photo))[..2_000]);
        string empty = Path.Combine(_folder, "empty.png");
        await File.WriteAllBytesAsync(empty, []);
        await using RunningService service = await RunningService.StartAsync(Data);

        (int code, string output, _) = await RunAsync(
            service.GrpcAddress,
            [],
            "register",
            photo,
            photo,
            TestPhotos.Other(_folder),
            TestPhotos.Featureless(_folder),
            truncated,
            empty,
            Path.Combine(_folder, "missing.jpg"),
            "--under-18",
            "--json");

        JsonElement result =
            JsonDocument.Parse(output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1]).RootElement;
        Assert.Equal(3, code);
        Assert.Equal(2, result.GetProperty("accepted").GetInt32());
        Assert.Equal(4, result.GetProperty("refused").GetInt32());
    }

    [Fact]
    public async Task AnyCommand_ServiceGone_Gives4AndNoStackTrace()
    {
        string photo = TestPhotos.Photo(_folder);

        (int code, _, string errors) = await RunAsync("http://127.0.0.1:1", [], "register", photo, "--adult", "--json");

        Assert.Equal(4, code);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Platforms_AddListRevoke_MakesAKeyThatWorksUntilRevoked()
    {
        string photo = TestPhotos.Photo(_folder);
        await using RunningService service = await RunningService.StartAsync(Data);
        await RunAsync(
            service.GrpcAddress, [], "register", photo, "--adult", "--views", "plain", "--json");

        (int added, string key, _) = await OperateAsync("platforms", "add", "acme", "--scope", "match");
        (int again, _, string taken) = await OperateAsync("platforms", "add", "acme", "--scope", "match");
        (int wrong, _, _) = await OperateAsync("platforms", "add", "other", "--scope", "everything");
        (int matched, string output, string errors) = await RunAsync(
            service.GrpcAddress, new() { ["HASHMATCH_API_KEY"] = key.Trim() }, "check", photo, "--json");
        (_, string list, _) = await OperateAsync("platforms", "list");
        (int revoked, _, _) = await OperateAsync("platforms", "revoke", "acme");
        (int unknown, _, _) = await OperateAsync("platforms", "revoke", "nobody");
        await Task.Delay(1_500);
        (int refused, _, _) = await RunAsync(
            service.GrpcAddress, new() { ["HASHMATCH_API_KEY"] = key.Trim() }, "check", photo, "--json");

        Assert.Equal((0, 1, 2, 0, 1), (added, again, wrong, revoked, unknown));
        Assert.Contains("already", taken, StringComparison.Ordinal);
        Assert.True(matched == 0, errors);
        JsonElement match = JsonDocument.Parse(output).RootElement.GetProperty("matches")[0];
        Assert.False(match.TryGetProperty("distance", out _));
        Assert.Contains("acme\tmatch\t", list, StringComparison.Ordinal);
        Assert.DoesNotContain(key.Trim(), list, StringComparison.Ordinal);
        Assert.Equal(4, refused);
    }

    [Fact]
    public async Task Import_PlainList_MatchesInARunningServiceAndIsWithdrawnAsOne()
    {
        string list = Path.Combine(_folder, "list.txt");
        await File.WriteAllLinesAsync(
            list,
            [
                "# a partner's list",
                "",
                "pdq " + TestHashes.Make(1).ToHex(),
                TestHashes.Make(2).ToHex().ToUpperInvariant(),
                TestHashes.Make(3).ToHex() + ",98,holiday, at the sea.jpg",
                TestHashes.Make(1).ToHex(),
                TestHashes.Make(4).ToHex() + ",12,too flat.jpg",
                new string('0', 64),
                "not a hash",
            ]);
        await using RunningService service = await RunningService.StartAsync(Data);

        (int code, string output, string errors) = await OperateAsync("import", list);
        await MergedAsync(service, TestHashes.Make(1), TestHashes.Make(2), TestHashes.Make(3));
        string[] found = await CheckAsync(service, 1, 2, 3, 4);
        (int withdrawn, _, _) = await RunAsync(
            service.GrpcAddress, new() { ["HASHMATCH_CASE_KEY"] = output.Trim() }, "withdraw", "--json");
        string[] gone = await CheckAsync(service, 1, 2, 3, 4);

        Assert.Equal(3, code);
        Assert.Contains("3 hashes imported, 3 lines refused", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("not a hash\"", errors, StringComparison.Ordinal);
        Assert.Equal(["1", "1", "1", "0"], found);
        Assert.Equal(0, withdrawn);
        Assert.Equal(["0", "0", "0", "0"], gone);
    }

    [Fact]
    public async Task Import_IntoAWithdrawnCase_IsRefusedWithASentence()
    {
        string list = Path.Combine(_folder, "list.txt");
        await File.WriteAllTextAsync(list, TestHashes.Make(1).ToHex());
        (_, string key, _) = await OperateAsync("import", list);
        await using RunningService service = await RunningService.StartAsync(Data);
        await RunAsync(service.GrpcAddress, new() { ["HASHMATCH_CASE_KEY"] = key.Trim() }, "withdraw", "--json");

        (int code, _, string errors) = await TestProcess.RunAsync(
            "HashMatch.Service",
            ["import", list],
            new Dictionary<string, string> { ["Storage__Path"] = Data, ["HASHMATCH_CASE_KEY"] = key.Trim() });

        Assert.Equal(3, code);
        Assert.Contains("was withdrawn", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PlatformsList_DatabaseDamaged_IsRefusedWithASentence()
    {
        Directory.CreateDirectory(Data);
        await File.WriteAllTextAsync(Path.Combine(Data, "hashmatch.db"), new string('x', 8_192));

        (int code, _, string errors) = await OperateAsync("platforms", "list");

        Assert.Equal(3, code);
        Assert.Contains("not a database", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_DataFolderInUse_IsRefusedWithASentence()
    {
        await using RunningService service = await RunningService.StartAsync(Data);

        (int code, _, string errors) = await TestProcess.RunAsync(
            "HashMatch.Service", [], new Dictionary<string, string> { ["Storage__Path"] = Data });

        Assert.Equal(1, code);
        Assert.Contains("another HashMatch service uses this data folder", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Matching__MaxDistance", "257")]
    [InlineData("Matching__MaxDistance", "-1")]
    [InlineData("Storage__Path", "/proc/nowhere")]
    public async Task Start_SettingThatCannotWork_IsRefusedWithASentence(string setting, string value)
    {
        var environment = new Dictionary<string, string> { ["Storage__Path"] = Data };
        environment[setting] = value;

        (int code, _, string errors) = await TestProcess.RunAsync("HashMatch.Service", [], environment);

        Assert.Equal(1, code);
        Assert.Contains("could not start", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    // A running service takes up what another process imported within a second or so.
    private static async Task MergedAsync(RunningService service, params HashMatch.Matching.Hash256[] hashes)
    {
        using var platform = new HashMatch.Client.MatchClient(new Uri(service.GrpcAddress), service.DemoKey);
        foreach (HashMatch.Matching.Hash256 hash in hashes)
        {
            await platform.MatchesAsync(hash, expected: 1);
        }
    }

    private static async Task<string[]> CheckAsync(RunningService service, params int[] seeds)
    {
        (_, string output, _) = await TestProcess.RunAsync(
            "HashMatch.Cli",
            ["check", "-", "--json", "--server", service.GrpcAddress],
            new Dictionary<string, string> { ["HASHMATCH_API_KEY"] = service.DemoKey },
            input: string.Join('\n', seeds.Select(seed => TestHashes.Make(seed).ToHex())));
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("matches").GetArrayLength().ToString(
                System.Globalization.CultureInfo.InvariantCulture))];
    }

    private Task<(int Code, string Output, string Errors)> RunAsync(
        string server, Dictionary<string, string> environment, params string[] arguments) =>
        TestProcess.RunAsync("HashMatch.Cli", [.. arguments, "--server", server], environment, folder: _folder);

    private Task<(int Code, string Output, string Errors)> OperateAsync(params string[] arguments) =>
        TestProcess.RunAsync(
            "HashMatch.Service",
            arguments,
            new Dictionary<string, string> { ["Storage__Path"] = Data },
            folder: _folder);
}
