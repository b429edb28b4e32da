using HashMatch.Matching;
using HashMatch.Protocol;
using HashMatch.Service.Tests.Feed;
using HashMatch.Service.Tests.Storage;

namespace HashMatch.Service.Tests.Mirrors;

/// <summary><c>hashmatch mirror</c> as its user runs it.</summary>
[Trait("Category", TestDatabase.Category)]
public sealed class MirrorCommandTests
{
    [Fact]
    public async Task PullCheckStatus_AgainstTheService_SayWhatCheckSays()
    {
        await using TestService service = await TestService.StartAsync(settings: FeedSteps.AtOnce);
        using ServedMirror served = await ServedMirror.ConnectAsync(service);
        CaseKey key = await service.RegisterAsync(1, 2, 3);
        await served.UntilPublishedAsync();
        var environment = new Dictionary<string, string>
        {
            ["HASHMATCH_API_KEY"] = served.ApiKey,
            ["HASHMATCH_SERVER"] = service.GrpcAddress.OriginalString,
        };
        string input = string.Concat(
            ((Hash256[])[TestHashes.Make(1), TestHashes.At(TestHashes.Make(2), 12), TestHashes.Make(9)])
                .Select(hash => hash.ToHex() + "\n"));
        string folder = served.Folder();

        (int pulled, string pull, string said) = await RunAsync(["mirror", "pull", folder, "--json"], environment);
        (int status, string shown, _) = await RunAsync(["mirror", "status", folder, "--json"], []);
        (int online, string fromService, _) = await RunAsync(["check", "-", "--json"], environment, input);
        (int offline, string fromMirror, _) = await RunAsync(["mirror", "check", folder, "-", "--json"], [], input);
        (int none, _, _) = await RunAsync(
            ["mirror", "check", folder, "-", "--max-distance", "0"], [], TestHashes.Make(9).ToHex());

        Assert.Equal((0, 0, 0, 0, 1), (pulled, status, online, offline, none));
        Assert.Equal(fromService, fromMirror);
        Assert.Contains("\"position\":3,\"live_count\":3,", pull, StringComparison.Ordinal);
        Assert.Contains("\"position\":3,\"live_count\":3,", shown, StringComparison.Ordinal);
        Assert.Contains("Taking the list", said, StringComparison.Ordinal);

        await service.CaseClient.WithdrawAsync(key);
        (int again, _, _) = await RunAsync(["mirror", "pull", folder], environment);
        (int gone, _, _) = await RunAsync(["mirror", "check", folder, "-"], [], input);

        Assert.Equal((0, 1), (again, gone));
    }

    [Fact]
    public async Task PullCheckStatus_WhatCannotBeDone_IsSaidWithItsExitCode()
    {
        await using TestService service = await TestService.StartAsync(settings: FeedSteps.AtOnce);
        using ServedMirror served = await ServedMirror.ConnectAsync(service);
        string folder = served.Folder();
        var nobody = new Dictionary<string, string>
        {
            ["HASHMATCH_API_KEY"] = served.ApiKey,
            ["HASHMATCH_SERVER"] = "http://127.0.0.1:1",
        };
        var refused = new Dictionary<string, string>
        {
            ["HASHMATCH_API_KEY"] = await service.AddPlatformAsync(),
            ["HASHMATCH_SERVER"] = service.GrpcAddress.OriginalString,
        };

        (int empty, _, string noList) = await RunAsync(["mirror", "status", folder], []);
        (int usage, _, string noFolder) = await RunAsync(["mirror", "pull"], []);
        (int badKey, _, _) = await RunAsync(["mirror", "pull", folder, "--key-id", "abc"], refused);
        (int scope, _, _) = await RunAsync(["mirror", "pull", folder], refused);
        (int otherKey, _, string forged) = await RunAsync(
            ["mirror", "pull", folder, "--key-id", new string('0', 64)],
            new Dictionary<string, string>(refused) { ["HASHMATCH_API_KEY"] = served.ApiKey });
        (int silent, _, _) = await RunAsync(["mirror", "pull", folder], nobody);

        Assert.Equal((3, 2, 2, 4, 4, 4), (empty, usage, badKey, scope, otherKey, silent));
        Assert.Contains("holds no list", noList, StringComparison.Ordinal);
        Assert.Contains("Name the mirror's folder.", noFolder, StringComparison.Ordinal);
        Assert.Contains("does not follow from the pinned one", forged, StringComparison.Ordinal);
    }

    private static Task<(int Code, string Output, string Errors)> RunAsync(
        string[] arguments, Dictionary<string, string> environment, string input = "") =>
        TestProcess.RunAsync("HashMatch.Cli", arguments, environment, input);
}
