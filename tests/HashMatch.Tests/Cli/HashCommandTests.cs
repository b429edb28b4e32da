using System.Text.Json;
using HashMatch.Cli;
using HashMatch.Hashing;
using HashMatch.Matching;
using HashMatch.Media;
using HashMatch.Tests.Media;

namespace HashMatch.Tests.Cli;

public sealed class HashCommandTests : IDisposable
{
    private readonly PictureFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Hash_Picture_PrintsTheReferenceToolsColumns()
    {
        string file = _folder.Write("a,b.png", SamplePicture.Png(1));
        Fingerprint expected = new PictureHasher().Hash(file);

        CommandRun run = await CommandRun.OfAsync("hash", file);

        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.Equal([$"{expected.Hash.ToHex()},{expected.Quality},{file}"], run.Lines);
        Assert.Empty(run.Messages);
    }

    [Fact]
    public async Task Hash_Json_GivesOneObjectALineInOrder()
    {
        for (int i = 0; i < 200; i++)
        {
            _folder.Write($"{i:D3} \u00e4\u4eac.png", SamplePicture.Png(i));
        }

        CommandRun run = await CommandRun.OfAsync("hash", "--json", _folder.Path);

        var hasher = new PictureHasher();
        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.Equal(200, run.Lines.Count);
        for (int i = 0; i < 200; i++)
        {
            string file = _folder[$"{i:D3} \u00e4\u4eac.png"];
            Fingerprint expected = hasher.Hash(file);
            Assert.Equal(
                $$"""{"file":"{{file}}","hash":"{{expected.Hash.ToHex()}}","quality":{{expected.Quality}}}""",
                run.Lines[i]);
        }
    }

    [Fact]
    public async Task Hash_Dihedral_GivesEightHashes()
    {
        string file = _folder.Write("a.png", SamplePicture.Png(1));
        var expected = new Hash256[8];
        new PictureHasher().HashDihedral(file, expected);

        CommandRun json = await CommandRun.OfAsync("hash", "--json", "--dihedral", file);
        CommandRun text = await CommandRun.OfAsync("hash", "--dihedral", file);

        using var line = JsonDocument.Parse(json.Output);
        IEnumerable<string> hashes = expected.Select(hash => hash.ToHex());
        Assert.Equal(
            hashes, line.RootElement.GetProperty("dihedral").EnumerateArray().Select(hash => hash.GetString()!));
        Assert.Equal(hashes, text.Lines.Select(row => row[..64]));
    }

    [Fact]
    public async Task Hash_SomeRefused_GoesOnAndExitsWithThree()
    {
        string good = _folder.Write("a.png", SamplePicture.Png(1));
        string damaged = _folder.Write("b.png", SamplePicture.Png(2)[..60]);
        string missing = _folder["c.png"];

        CommandRun json = await CommandRun.OfAsync("hash", "--json", missing, damaged, good);
        CommandRun text = await CommandRun.OfAsync("hash", missing, damaged, good);

        Assert.Equal(ExitCodes.Refused, json.ExitCode);
        Assert.StartsWith(
            $$"""{"file":"{{missing}}","refused":"NotFound","message":""", json.Lines[0], StringComparison.Ordinal);
        Assert.StartsWith(
            $$"""{"file":"{{damaged}}","refused":"Damaged","message":""", json.Lines[1], StringComparison.Ordinal);
        Assert.StartsWith($$"""{"file":"{{good}}","hash":""", json.Lines[2], StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Refused, text.ExitCode);
        Assert.Single(text.Lines);
        Assert.Contains(missing + ": There is no file of that name.", text.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hash_FlatPicture_IsHashedWithAWarning()
    {
        string file = _folder.Write("a.png", SamplePicture.FlatPng());

        CommandRun run = await CommandRun.OfAsync("hash", file);

        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.EndsWith($",0,{file}", Assert.Single(run.Lines), StringComparison.Ordinal);
        Assert.Contains("too little detail", run.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hash_NameWithControlCharacters_CannotForgeALine()
    {
        string file = _folder.Write("a\n\e[31mb.png", SamplePicture.Png(1));

        CommandRun run = await CommandRun.OfAsync("hash", file);

        Assert.EndsWith("a??[31mb.png", Assert.Single(run.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hash_NameThatStartsWithAt_IsAFile()
    {
        string file = _folder.Write("@list", SamplePicture.Png(1));

        CommandRun run = await CommandRun.OfAsync("hash", file);

        Assert.Equal(ExitCodes.Done, run.ExitCode);
    }
}
