using System.Text.Json;
using HashMatch.Hashing;
using HashMatch.Service.Platforms;
using HashMatch.Service.Tests.Feed;
using HashMatch.Service.Tests.Mirrors;
using HashMatch.Service.Tests.Storage;

namespace HashMatch.Service.Tests.EndToEnd;

/// <summary>
/// A photo that is registered by the command, and edited copies of it at a platform: asked for one by one, with bands
/// only, and in a mirror.
/// </summary>
[Trait("Category", TestDatabase.Category)]
public sealed class EditedCopyTests : IDisposable
{
    // What finds each copy at the tier "strong". Turns alone may happen to be near enough too; plain hashes are not.
    private static readonly (string Copy, QueryViews[] FoundBy, string View, string Turn, bool Negative)[] Copies =
    [
        ("smaller.jpg", [QueryViews.Plain, QueryViews.Turned, QueryViews.Wide], "raw", "identity", false),
        ("mirrored.jpg", [QueryViews.Turned, QueryViews.Wide], "raw", "flip_y", false),
        ("crop.jpg", [QueryViews.Wide], "bottom-right-95", "identity", false),
        ("screenshot.png", [QueryViews.Wide], "frame-1", "identity", false),
        ("negative.jpg", [QueryViews.Wide], "raw", "identity", true),
        ("other.png", [], "", "", false),
    ];

    private readonly string _folder = TestService.NewFolder();
    private readonly string _copies;

    public EditedCopyTests() => _copies = Directory.CreateDirectory(Path.Combine(_folder, "copies")).FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task RegisterWide_CheckEditedCopies_AreFoundByTheSetsThatShouldUntilWithdrawn()
    {
        await using TestService service = await TestService.StartAsync(settings: FeedSteps.AtOnce);
        using ServedMirror served = await ServedMirror.ConnectAsync(service);
        string server = service.GrpcAddress.OriginalString;
        var platform = new Dictionary<string, string>
        {
            ["HASHMATCH_API_KEY"] = served.ApiKey,
            ["HASHMATCH_SERVER"] = server,
        };
        var bandsOnly = new Dictionary<string, string>(platform)
        {
            ["HASHMATCH_API_KEY"] = await service.AddPlatformAsync(PlatformScopes.Match),
        };
        string photo = TestPhotos.Photo(_folder);
        TestPhotos.EditedCopies(photo, _copies);

        string caseKey = await RegisterAsync(photo, server);
        await service.MergeAsync();
        await served.UntilPublishedAsync();
        await RunAsync(platform, "mirror", "pull", served.Folder());
        foreach (QueryViews views in Enum.GetValues<QueryViews>())
        {
            string name = views.ToString().ToLowerInvariant();
            Dictionary<string, Seen[]> online = await CheckAsync(platform, "check", _copies, "--views", name);
            Dictionary<string, Seen[]> offline =
                await CheckAsync([], "mirror", "check", served.Folder(), _copies, "--views", name);

            AssertFound(views, online);
            Assert.Equal(online, offline);
            if (views == QueryViews.Wide)
            {
                AssertEqualInBands(online, await CheckAsync(bandsOnly, "check", _copies));
            }
        }

        (int code, _, _) = await RunAsync(
            new() { ["HASHMATCH_CASE_KEY"] = caseKey, ["HASHMATCH_SERVER"] = server }, "withdraw", "--json");
        await RunAsync(platform, "mirror", "pull", served.Folder());
        Dictionary<string, Seen[]> after = await CheckAsync(platform, "check", _copies);
        Dictionary<string, Seen[]> afterInMirror = await CheckAsync([], "mirror", "check", served.Folder(), _copies);

        Assert.Equal(0, code);
        Assert.Equal(Copies.Length, after.Count);
        Assert.All(after.Values.Concat(afterInMirror.Values), Assert.Empty);
    }

    [Fact]
    public async Task Check_ServiceThatLooksLessFar_IsRefusedWithASentenceButForPlain()
    {
        await using TestService service = await TestService.StartAsync(settings: "--Matching:MaxDistance=31");
        var platform = new Dictionary<string, string>
        {
            ["HASHMATCH_API_KEY"] = await service.AddPlatformAsync(),
            ["HASHMATCH_SERVER"] = service.GrpcAddress.OriginalString,
        };
        string photo = TestPhotos.Photo(_folder);

        (int wide, string output, string errors) = await RunAsync(platform, "check", photo);
        (int plain, _, _) = await RunAsync(platform, "check", photo, "--views", "plain");

        Assert.Equal((4, 1), (wide, plain));
        Assert.Empty(output);
        Assert.Contains("Check with --views plain", errors, StringComparison.Ordinal);
    }

    private static void AssertFound(QueryViews views, Dictionary<string, Seen[]> checkedCopies)
    {
        Assert.Equal(Copies.Length, checkedCopies.Count);
        foreach ((string copy, QueryViews[] foundBy, string view, string turn, bool negative) in Copies)
        {
            Seen[] matches = checkedCopies[copy];
            if (!foundBy.Contains(views))
            {
                Assert.True(
                    matches.Length == 0 || (views == QueryViews.Turned && foundBy.Length > 0), $"{copy}, {views}");
            }
            else
            {
                Assert.True(matches.Length > 0, $"{copy}, {views}");

                // Plain hashes get plain answers.
                (string? Tier, string? View, string? Turn, bool? Negative) expected = views == QueryViews.Plain
                    ? (null, null, null, null)
                    : ("strong", view, turn, negative);
                Assert.Equal(expected.Tier, matches[0].Tier);
                Assert.Contains(
                    expected, matches.Select(match => (match.Tier, match.View, match.Turn, match.Negative)));
                Assert.Equal(matches.Length, matches.DistinctBy(match => match.Id).Count());
            }
        }
    }

    // Under other ids, and without distances: otherwise the same, but for the order within a band.
    private static void AssertEqualInBands(Dictionary<string, Seen[]> exact, Dictionary<string, Seen[]> bands)
    {
        Assert.Equal(exact.Keys, bands.Keys);
        foreach (string copy in exact.Keys)
        {
            Assert.Equal(exact[copy].Select(Rough).Order(), bands[copy].Select(Rough).Order());
            Assert.All(bands[copy], match => Assert.Null(match.Distance));
        }

        static (string?, string, bool?) Rough(Seen match) => (match.Tier, match.Band, match.Negative);
    }

    private async Task<string> RegisterAsync(string photo, string server)
    {
        (int code, string output, string errors) = await RunAsync(
            new() { ["HASHMATCH_SERVER"] = server }, "register", photo, "--adult", "--json");
        Assert.True(code == 0, errors);
        using var line = JsonDocument.Parse(output.Trim().Split('\n')[^1]);
        Assert.Equal(1, line.RootElement.GetProperty("accepted").GetInt32());
        return line.RootElement.GetProperty("case_key").GetString()!;
    }

    private async Task<Dictionary<string, Seen[]>> CheckAsync(
        Dictionary<string, string> environment, params string[] arguments)
    {
        (int code, string output, string errors) = await RunAsync(environment, [.. arguments, "--json"]);
        Assert.True(code is 0 or 1, errors);
        var found = new Dictionary<string, Seen[]>();
        foreach (string line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var json = JsonDocument.Parse(line);
            found.Add(
                Path.GetFileName(json.RootElement.GetProperty("file").GetString()!),
                [.. json.RootElement.GetProperty("matches").EnumerateArray().Select(Seen.Read)]);
        }

        return found;
    }

    private Task<(int Code, string Output, string Errors)> RunAsync(
        Dictionary<string, string> environment, params string[] arguments) =>
        TestProcess.RunAsync("HashMatch.Cli", arguments, environment, folder: _folder);

    private sealed record Seen(
        string Id, string Band, int? Distance, string? Tier, string? View, string? Turn, bool? Negative)
    {
        public static Seen Read(JsonElement match) => new(
            match.GetProperty("id").GetString()!,
            match.GetProperty("band").GetString()!,
            match.TryGetProperty("distance", out JsonElement distance) ? distance.GetInt32() : null,
            Text(match, "tier"),
            Text(match, "view"),
            Text(match, "turn"),
            match.TryGetProperty("negative", out JsonElement negative) ? negative.GetBoolean() : null);

        private static string? Text(JsonElement match, string name) =>
            match.TryGetProperty(name, out JsonElement text) ? text.GetString() : null;
    }
}
