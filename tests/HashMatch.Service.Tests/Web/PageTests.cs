using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using HashMatch.Service.Storage;
using HashMatch.Service.Tests.Registry;
using HashMatch.Service.Web;
using Microsoft.EntityFrameworkCore;

namespace HashMatch.Service.Tests.Web;

public sealed class PageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/")]
    [InlineData("/about")]
    [InlineData("/integrity.json")]
    public async Task Get_FileOfThePage_LetsNothingInAndNothingOut(string path)
    {
        await using TestService service = await TestService.StartAsync();
        using var client = new HttpClient { BaseAddress = service.WebAddress };

        using HttpResponseMessage answer = await client.GetAsync(path, Token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        string policy = Header("Content-Security-Policy");
        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Contains("require-trusted-types-for 'script'", policy, StringComparison.Ordinal);
        Assert.Equal("no-referrer", Header("Referrer-Policy"));
        Assert.Equal("same-origin", Header("Cross-Origin-Opener-Policy"));
        Assert.Equal("require-corp", Header("Cross-Origin-Embedder-Policy"));
        Assert.Equal("nosniff", Header("X-Content-Type-Options"));
        Assert.Contains("camera=()", Header("Permissions-Policy"), StringComparison.Ordinal);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.False(answer.Headers.Contains("Set-Cookie"));

        string Header(string name) => Assert.Single(answer.Headers.GetValues(name));
    }

    [Fact]
    public async Task Get_EveryFileThatIsPublished_HasTheDigestThatIsPublished()
    {
        await using TestService service = await TestService.StartAsync();
        using var client = new HttpClient { BaseAddress = service.WebAddress };
        using var compressing = new HttpClient { BaseAddress = service.WebAddress };
        compressing.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip, br");

        Dictionary<string, string> digests = await DigestsAsync(client);

        Assert.Contains("/index.html", digests.Keys);
        foreach ((string path, string digest) in digests)
        {
            byte[] plain = await client.GetByteArrayAsync(path, Token);
            using HttpResponseMessage compressed = await compressing.GetAsync(path, Token);
            byte[] inflated = await InflateAsync(compressed);

            Assert.Equal(digest, Digest(plain));
            Assert.Equal(digest, Digest(inflated));
        }
    }

    [Fact]
    public async Task Get_FirstPage_PinsAllThatItLoads()
    {
        await using TestService service = await TestService.StartAsync();
        using var client = new HttpClient { BaseAddress = service.WebAddress };
        Dictionary<string, string> digests = await DigestsAsync(client);

        string html = await client.GetStringAsync("/", Token);

        MatchCollection loaded = Regex.Matches(html, """<(?:script|link)\b[^>]*\b(?:src|href)="([^"]+)"[^>]*>""");
        Assert.NotEmpty(loaded);
        Assert.All(
            loaded,
            tag => Assert.Contains(
                $"integrity=\"{digests[tag.Groups[1].Value]}\"", tag.Value, StringComparison.Ordinal));
        Assert.DoesNotContain("<style", html, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"<script\b(?![^>]*\bsrc=)|\son\w+=|\sstyle=", html);
        Assert.DoesNotMatch("https?://", html);
    }

    [Theory]
    [InlineData("/index.html.br")]
    [InlineData("/%2e%2e/appsettings.json")]
    [InlineData("/help/..%2f..%2fappsettings.json")]
    [InlineData("/PageFiles.cs")]
    public async Task Get_WhatIsNotOfThePage_IsNotFound(string path)
    {
        await using TestService service = await TestService.StartAsync();
        using var client = new HttpClient { BaseAddress = service.WebAddress };

        using HttpResponseMessage answer = await client.GetAsync(path, Token);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Get_HelpOfTheOperatorsOwn_StandsInPlaceOfThePagesWithItsDigest()
    {
        string folder = TestService.NewFolder();
        await File.WriteAllTextAsync(Path.Combine(folder, "contacts.zz.json"), """{"own":1}""", Token);
        await using TestService service = await TestService.StartAsync(settings: [$"--Web:HelpPath={folder}"]);
        using var client = new HttpClient { BaseAddress = service.WebAddress };

        byte[] help = await client.GetByteArrayAsync("/help/contacts.zz.json", Token);
        Dictionary<string, string> digests = await DigestsAsync(client);

        Assert.Equal("""{"own":1}"""u8, help);
        Assert.Equal(Digest(help), digests["/help/contacts.zz.json"]);
        Assert.Equal(Digest(await client.GetByteArrayAsync("/index.html", Token)), digests["/index.html"]);
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("contacts.json", "{")]
    [InlineData("Contacts.json", "{}")]
    [InlineData("a b.json", "{}")]
    public async Task Start_HelpThatCannotBeUsed_IsRefusedInASentence(string name, string content)
    {
        string folder = TestService.NewFolder();
        await File.WriteAllTextAsync(Path.Combine(folder, name), content, Token);

        (int code, _, string errors) = await TestProcess.RunAsync(
            "HashMatch.Service",
            [],
            new Dictionary<string, string> { ["Storage__Path"] = folder, ["Web__HelpPath"] = folder });

        Assert.Equal(1, code);
        Assert.StartsWith("HashMatch could not start: Web:HelpPath holds", errors, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Get_About_SaysTheListsSizeRoundedAndWhomToWrite()
    {
        await using TestService service = await TestService.StartAsync(
            settings: ["--Web:Operator=A <b> & C", "--Web:AbuseContact=abuse@example.org"]);
        await using (HashMatchDb db = await service.OpenAsync())
        {
            await db.FeedHeads.ExecuteUpdateAsync(row => row.SetProperty(head => head.LiveCount, 1_234_567), Token);
        }

        using var client = new HttpClient { BaseAddress = service.WebAddress };

        string html = await client.GetStringAsync("/about", Token);

        Assert.Matches("It holds about 1,[23]00,000 fingerprints", html);
        Assert.Contains("A &lt;b&gt; &amp; C", html, StringComparison.Ordinal);
        Assert.Contains("<a href=\"mailto:abuse@example.org\">", html, StringComparison.Ordinal);
        Assert.Contains("<a href=\"/licences.txt\">", html, StringComparison.Ordinal);
        string licences = await client.GetStringAsync("/licences.txt", Token);
        Assert.Contains("GNU LESSER GENERAL PUBLIC LICENSE", licences, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_AboutAgainAfterAChange_SaysTheSameUntilNextWeek()
    {
        await using TestService service = await TestService.StartAsync();
        using var client = new HttpClient { BaseAddress = service.WebAddress };
        string before = await client.GetStringAsync("/about", Token);
        await using (HashMatchDb db = await service.OpenAsync())
        {
            await db.FeedHeads.ExecuteUpdateAsync(row => row.SetProperty(head => head.LiveCount, 500_000), Token);
        }

        string after = await client.GetStringAsync("/about", Token);

        Assert.Equal(before, after);
    }

    [Fact]
    public async Task Get_AboutWhileStorageIsDown_IsTheCalmPageWith503AndLaterTheWholeOne()
    {
        await using TestService service = await TestService.StartAsync(settings: ["--Web:Operator=A charity"]);
        using var client = new HttpClient { BaseAddress = service.WebAddress };
        await service.AlterAsync("ALTER TABLE feed_head RENAME TO lost");

        using HttpResponseMessage down = await client.GetAsync("/about", Token);
        string html = await down.Content.ReadAsStringAsync(Token);
        await service.AlterAsync("ALTER TABLE lost RENAME TO feed_head");
        using HttpResponseMessage up = await client.GetAsync("/about", Token);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, down.StatusCode);
        Assert.Equal(TimeSpan.FromMinutes(1), down.Headers.RetryAfter!.Delta);
        Assert.Contains("default-src 'none'", down.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Contains("cannot reach its list at the moment", html, StringComparison.Ordinal);
        Assert.Contains("A charity", html, StringComparison.Ordinal);
        Assert.DoesNotContain("feed_head", html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, up.StatusCode);
    }

    [Theory]
    [InlineData(0, "fewer than 1,000")]
    [InlineData(500, "fewer than 1,000", "about 1,000")]
    [InlineData(999, "fewer than 1,000", "about 1,000")]
    [InlineData(1_500, "about 1,000", "about 2,000")]
    [InlineData(150_500, "about 150,000", "about 160,000")]
    [InlineData(1_234_567, "about 1,200,000", "about 1,300,000")]
    public void Round_Count_IsOneOfTheNeighboursByChance(long count, params string[] expected) =>
        Assert.Equal(
            expected.ToHashSet(), Enumerable.Range(0, 20_000).Select(_ => AboutPage.Round(count)).ToHashSet());

    private static async Task<Dictionary<string, string>> DigestsAsync(HttpClient client) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(await client.GetStringAsync("/integrity.json", Token))!;

    private static string Digest(byte[] content) => "sha384-" + Convert.ToBase64String(SHA384.HashData(content));

    private static async Task<byte[]> InflateAsync(HttpResponseMessage answer)
    {
        byte[] content = await answer.Content.ReadAsByteArrayAsync(Token);
        if (!answer.Content.Headers.ContentEncoding.Contains("br"))
        {
            return content;
        }

        using var inflated = new MemoryStream();
        await using (var inflating = new BrotliStream(new MemoryStream(content), CompressionMode.Decompress))
        {
            await inflating.CopyToAsync(inflated, Token);
        }

        return inflated.ToArray();
    }
}
