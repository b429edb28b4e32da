using HashMatch.Cli;
using HashMatch.Cli.Commands;
using HashMatch.Cli.Lines;
using HashMatch.Client;
using HashMatch.Hashing;
using HashMatch.Protocol;
using HashMatch.Tests.Media;

namespace HashMatch.Tests.Cli;

public sealed class CheckCommandTests
{
    private static readonly PictureMatch[] Views =
    [
        new("aa", ConfidenceTier.Strong, "raw", Dihedral.Identity, false, MatchBand.Same, 6),
        new("bb", ConfidenceTier.Review, "middle-92", Dihedral.FlipY, true, MatchBand.Far, null),
    ];

    private const string Hex = "d8f8f0cee0f4a84f0637022a078f67f0b36e2ed596621e1d33e6339c4e9c9b22";

    [Fact]
    public void ToLine_FileWithMatches_GivesDistanceOnlyWhereTold()
    {
        var query = new Query("b.jpg", null, [], 100, null);
        MatchLine[] matches =
        [
            MatchWords.Of(new Match { EntryId = "aa", Band = MatchBand.Same, Distance = 6 }),
            MatchWords.Of(new Match { EntryId = "bb", Band = MatchBand.Near }),
        ];

        string line = JsonLine.Of(CheckCommand.ToLine(query, matches));

        Assert.Equal(
            """{"file":"b.jpg","matches":[{"id":"aa","band":"same","distance":6},{"id":"bb","band":"near"}]}""", line);
    }

    [Fact]
    public void ToLine_LineWithoutMatches_GivesItsNumber()
    {
        var query = new Query(null, 3, [], null, null);

        string line = JsonLine.Of(CheckCommand.ToLine(query, []));

        Assert.Equal("""{"line":3,"matches":[]}""", line);
    }

    [Fact]
    public void ToLine_MatchesOfViews_SayTierViewTurnAndNegative()
    {
        var query = new Query("b.jpg", null, [], 100, null);
        MatchLine[] matches = [.. Views.Select(MatchWords.Of)];

        string line = JsonLine.Of(CheckCommand.ToLine(query, matches));

        Assert.Equal(
            """{"file":"b.jpg","matches":[{"id":"aa","band":"same","distance":6,"tier":"strong","view":"raw","""
                + """
                  "turn":"identity","negative":false},{"id":"bb","band":"far","tier":"review","view":"middle-92",
                  """.Trim()
                + """
                  "turn":"flip_y","negative":true}]}
                  """.Trim(),
            line);
    }

    [Fact]
    public void WriteText_MatchesOfViews_AreInPlainWords()
    {
        var query = new Query("b.jpg", null, [], 100, null);
        using var output = new StringWriter();

        CheckCommand.WriteText(
            query, [.. Views.Select(MatchWords.Of)], CommandRun.Terminal(output, TextWriter.Null));

        Assert.Equal(
            "match     b.jpg\n"
                + "          strong  same  distance  6  aa  raw\n"
                + "          review  far   bb  middle-92, mirrored, as a negative\n",
            output.ToString().ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Check_PictureWithoutDetail_IsRefusedWhereViewsAreLookedUp()
    {
        using var folder = new PictureFolder();
        string file = folder.Write("a.png", SamplePicture.FlatPng());

        CommandRun run = await CommandRun.OfAsync(
            ["check", file, "--json", "--server", CommandRun.NoServer],
            "",
            new() { ["HASHMATCH_API_KEY"] = "hm_demo_secret" });

        Assert.Equal(ExitCodes.Refused, run.ExitCode);
        Assert.Contains("\"refused\":\"LowQuality\"", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_BadLines_AreRefusedByNumberWithoutTheirText()
    {
        CommandRun run = await CommandRun.OfAsync(
            ["check", "--json", "-", "--server", CommandRun.NoServer],
            $"not-a-hash\n\n{Hex}0\n{new string('0', 64)}\n",
            new() { ["HASHMATCH_API_KEY"] = "hm_demo_secret" });

        Assert.Equal(ExitCodes.Refused, run.ExitCode);
        Assert.Equal(3, run.Lines.Count);
        Assert.StartsWith("""{"line":1,"refused":"NotAHash",""", run.Lines[0], StringComparison.Ordinal);
        Assert.StartsWith("""{"line":3,"refused":"NotAHash",""", run.Lines[1], StringComparison.Ordinal);
        Assert.StartsWith("""{"line":4,"refused":"NotAPicture",""", run.Lines[2], StringComparison.Ordinal);
        Assert.DoesNotContain(Hex, run.Output + run.Messages, StringComparison.Ordinal);
        Assert.DoesNotContain("not-a-hash", run.Output + run.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_NobodyListens_ExitsWithFour()
    {
        using var folder = new PictureFolder();
        string file = folder.Write("a.png", SamplePicture.Png(1));

        CommandRun run = await CommandRun.OfAsync(
            ["check", file, "--server", CommandRun.NoServer], "", new() { ["HASHMATCH_API_KEY"] = "hm_demo_secret" });

        Assert.Equal(ExitCodes.Service, run.ExitCode);
        Assert.Contains("cannot be reached", run.Messages, StringComparison.Ordinal);
        Assert.DoesNotContain("hm_demo", run.Messages, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("word")]
    [InlineData("hm_\u00e4")]
    [InlineData("hm_a b")]
    public async Task Check_NotAnApiKey_IsRefusedWithoutRepeatingIt(string key)
    {
        CommandRun run = await CommandRun.OfAsync(["check", "a.png"], "", new() { ["HASHMATCH_API_KEY"] = key });

        Assert.Equal(ExitCodes.Usage, run.ExitCode);
        Assert.Contains("This is not an API key", run.Messages, StringComparison.Ordinal);
        Assert.DoesNotContain(key, run.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InBatches_ManyQueries_KeepsOrderAndSize()
    {
        var input = new StringReader(string.Concat(Enumerable.Repeat(Hex + "\n", 2_500)));
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        var lines = new List<int>();

        await foreach (IReadOnlyList<Query> batch in QuerySource.InBatchesAsync(
            QuerySource.OfLinesAsync(input, cancellationToken), 1_000, cancellationToken))
        {
            Assert.InRange(batch.Count, 1, 1_000);
            lines.AddRange(batch.Select(query => query.Line!.Value));
        }

        Assert.Equal(Enumerable.Range(1, 2_500), lines);
    }

    [Fact]
    public void ToLine_Status_HasTheAgreedShape()
    {
        var response = new GetStatusResponse
        {
            State = CaseState.Active,
            AgeGroup = AgeGroup.Adult,
            PictureCount = 1,
            Pictures =
            {
                new PictureStatus
                {
                    Number = 1,
                    Fingerprints = 1,
                    RegisteredDay = "2026-11-21",
                    Published = true,
                    RemovedBy = 2,
                    UnderReviewBy = 1,
                },
            },
        };

        string line = JsonLine.Of(StatusCommand.ToLine(response));

        Assert.Equal(
            "{\"state\":\"active\",\"age_group\":\"adult\",\"picture_count\":1,"
                + """
                  "pictures":[{"picture":1,"registered":"2026-11-21","hashes":1,"published":true,
                  """.TrimEnd()
                + "\"removed_by\":2,\"under_review_by\":1,\"not_violating_by\":0}]}",
            line);
    }

    [Fact]
    public void ToLine_StatusOfAWithdrawnCase_TellsWhichMirrorsConfirmedIt()
    {
        var response = new GetStatusResponse
        {
            State = CaseState.Withdrawn,
            AgeGroup = AgeGroup.Under18,
            MirrorsConfirmed = 3,
            Mirrors = 4,
        };

        string line = JsonLine.Of(StatusCommand.ToLine(response));

        Assert.Equal(
            "{\"state\":\"withdrawn\",\"age_group\":\"under_18\",\"picture_count\":0,"
                + "\"pictures\":[],\"mirrors_confirmed\":3,\"mirrors\":4}",
            line);
    }

    [Theory]
    [InlineData(0, 0, 0, "  nothing yet")]
    [InlineData(2, 0, 0, "  removed by 2 platforms")]
    [InlineData(1, 1, 0, "  removed by 1 platform, under review by 1 platform")]
    [InlineData(0, 0, 3, "  not found to break the rules by 3 platforms")]
    public void WriteText_WhatPlatformsSaid_IsInPlainWords(uint removed, uint review, uint lawful, string said)
    {
        var response = new GetStatusResponse
        {
            State = CaseState.Active,
            Pictures =
            {
                new PictureStatus
                {
                    Number = 1,
                    RegisteredDay = "2026-11-21",
                    RemovedBy = removed,
                    UnderReviewBy = review,
                    NotViolatingBy = lawful,
                },
            },
        };
        using var output = new StringWriter();

        StatusCommand.WriteText(StatusCommand.ToLine(response), CommandRun.Terminal(output, TextWriter.Null));

        Assert.EndsWith(said + output.NewLine, output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CaseState.Active, "Published", "confirmed")]
    [InlineData(CaseState.Withdrawn, "Withdrawal: confirmed by 3 of 4 mirrors", "Published")]
    public void WriteText_Status_SaysHowFarItHasCome(CaseState state, string said, string unsaid)
    {
        var response = new GetStatusResponse { State = state, MirrorsConfirmed = 3, Mirrors = 4 };
        if (state == CaseState.Active)
        {
            response.Pictures.Add(new PictureStatus { Number = 1, RegisteredDay = "2026-11-21" });
        }

        using var output = new StringWriter();
        StatusCommand.WriteText(
            StatusCommand.ToLine(response), CommandRun.Terminal(output, TextWriter.Null));

        Assert.Contains(said, output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(unsaid, output.ToString(), StringComparison.Ordinal);
    }
}
