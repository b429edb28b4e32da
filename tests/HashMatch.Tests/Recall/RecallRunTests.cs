using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using HashMatch.Benchmarks.Recall;
using HashMatch.Benchmarks.Recall.Edits;
using HashMatch.Benchmarks.Recall.Hashes;
using HashMatch.Benchmarks.Recall.Measures;
using HashMatch.Benchmarks.Recall.Report;
using HashMatch.Hashing;
using HashMatch.Tests.House;
using HashMatch.Tests.Media;

namespace HashMatch.Tests.Recall;

public sealed class RecallRunTests : IDisposable
{
    private const string Specification =
        """
        {"edits":[
          {"id":"png","group":"kept","steps":[]},
          {"id":"jpeg","group":"kept","steps":[["jpeg", 60]]},
          {"id":"mirror","group":"turned","steps":[["mirror"]]},
          {"id":"phone <b>&","group":"framed","steps":[["phone", "dark"], ["jpeg", 85]]},
          {"id":"collage","group":"mixed","steps":[["collage", 2, 1]]}
        ]}
        """;

    private static readonly IReadOnlyList<Edit> Edits = EditList.Parse(Specification);

    private readonly PictureFolder _photos = new();
    private readonly PictureFolder _out = new();

    public void Dispose()
    {
        _photos.Dispose();
        _out.Dispose();
    }

    [Fact]
    public void Run_BrokenOff_GoesOnWhereItWasAndGivesTheSame()
    {
        IReadOnlyList<Photo> photos = MadeUp.Photos(_photos, 3);
        int hashed = 0;
        using var cancel = new CancellationTokenSource();
        ViewSet counting = ViewSets.Plain with
        {
            NewHasher = () =>
            {
                HashViews plain = ViewSets.Plain.NewHasher();
                return picture =>
                {
                    if (++hashed == 7)
                    {
                        cancel.Cancel();
                    }

                    return plain(picture);
                };
            },
        };
        HashSlot[] slots = [new(counting, IsRegister: true), new(counting, IsRegister: false)];

        // 3 photos x (5 edits asked for, the photo and one frame registered).
        using (var cache = HashCache.Open(_out["cache"]))
        {
            Assert.ThrowsAny<OperationCanceledException>(() =>
                new HashingRun(photos, Edits, slots, cache, Quiet()).Run(1, cancel.Token));
        }

        int before = hashed;
        using var resumed = HashCache.Open(_out["cache"]);
        HashedPhotos hashes = new HashingRun(photos, Edits, slots, resumed, Quiet()).Run(1, CancellationToken.None);
        using var fresh = HashCache.Open(_out["other"]);
        HashedPhotos again = new HashingRun(photos, Edits, slots, fresh, Quiet()).Run(2, CancellationToken.None);

        Assert.Equal(7, before);
        Assert.Equal(21 + 21, hashed);
        for (int photo = 0; photo < 3; photo++)
        {
            for (int edit = 0; edit < Edits.Count; edit++)
            {
                Assert.Equal(again.Get(slots[1], photo, edit), hashes.Get(slots[1], photo, edit));
            }
        }
    }

    [Fact]
    public void Compare_DrawnPhotos_FindsWhatIsKeptAndWhatIsTurnedByTurns()
    {
        (RecallReport plain, RecallReport turned) = (Run(ViewSets.Plain), Run(ViewSets.ForQuery[1]));

        Assert.Equal(1, At(plain, "kept"));
        Assert.Equal(0, At(plain, "turned"));
        Assert.Equal(1, At(turned, "turned"));
        Assert.Equal(
            ["plain + plain", "plain PDQ", "aHash", "dHash", "pHash"], plain.Contenders.Select(row => row.Name));
        Assert.Equal("plain PDQ", turned.Plain.Name);

        // The next photo of three is mixed into each collage: one pair of each is no mistake.
        Assert.Equal((4 * 3 * 2) + 3, plain.Main.Uploads.Pairs);
        Assert.Equal(6, plain.Main.SameFrames.Pairs);
        Assert.Equal(3, plain.Main.Photos.Pairs);

        static double At(RecallReport report, string group) =>
            report.Main.ByGroup.Single(row => row.Name == group).Recall[31];
    }

    [Fact]
    public void Compare_WideSets_FindsWhatIsTurnedNegativeAndFramed()
    {
        RecallReport report = Run(ViewSets.ForQuery[^1], ViewSets.ForRegister[^1]);

        Assert.Equal(
            [1, 1], report.Main.ByGroup.Where(group => group.Name is "kept" or "turned").Select(group => group.Strong));
        Assert.InRange(report.Main.ByGroup.Single(group => group.Name == "framed").Strong, 0.5, 1);
        Assert.All(report.Main.ByGroup, group => Assert.InRange(group.Review, group.Strong, 1));
        Assert.Equal(0, report.Main.SameFrames.Strong);
        Assert.Equal(
            ["as it is", "mirrored", "turned", "negative"], report.Main.Uploads.ByClass.Select(one => one.Name));
        Assert.All(report.Main.ByNumberOfHashes, row => Assert.InRange(row.Strong, row.Usual, row.Review));
    }

    [Fact]
    public void Calibrate_TooFewPhotos_IsRefused()
    {
        IReadOnlyList<Photo> photos = MadeUp.Photos(_photos, 2);
        using var cache = HashCache.Open(_out["cache"]);
        var run = new RecallRun(photos, Edits, Quiet(), 1, CancellationToken.None);

        Assert.Throws<RecallFailure>(() => run.Calibrate(cache));
    }

    [Fact]
    public void CheckedIn_Tiers_KeepTheirPromiseByTheirTails()
    {
        using JsonDocument tiers = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(Repository.Root, "src/HashMatch.Hashing/tiers.json")));

        Calibration calibration = tiers.Deserialize<Calibration>(JsonReport.Options)!;

        Assert.Equal(
            HashClass.Of(QueryViews.Wide).Select(one => (one.Name, one.IsNegative)),
            calibration.Tiers.Select(one => (one.Class, one.Negative)));
        Assert.All(calibration.Tiers, one =>
        {
            Assert.Equal(one.StrongRate, one.Tail.RateWithin(one.Strong), one.StrongRate / 1e6);
            Assert.Equal(one.ReviewRate, one.Tail.RateWithin(one.Review), one.ReviewRate / 1e6);
            Assert.InRange(one.StrongRate, 0, one.Share * Tiers.StrongRate);
            Assert.InRange(one.ReviewRate, 0, one.Share * Tiers.ReviewRate);
            Assert.Equal((0, 0), (one.Strong % one.Tail.Step, one.Review % one.Tail.Step));
        });
        Assert.InRange(calibration.Tiers.Sum(one => one.Share), 1 - 1e-9, 1 + 1e-9);
        Assert.InRange(calibration.StrongRate, 0, Tiers.StrongRate);
        Assert.InRange(calibration.ReviewRate, 0, Tiers.ReviewRate);
        Assert.Equal((0, 0), (calibration.PairsStrong, calibration.PairsReview));
        Assert.Equal(0, calibration.FramesStrong);
        Assert.InRange(calibration.FramesReview, 0, calibration.FramePairs / 1000);
    }

    [Fact]
    public void Reports_OfARun_AreWellFormed()
    {
        RecallReport report = Run(ViewSets.ForQuery[1]);

        string page = HtmlReport.Of(report);
        using var json = JsonDocument.Parse(JsonReport.Whole(report));
        using var summary = JsonDocument.Parse(JsonReport.Summary(report, "folder"));
        string[] recall = CsvReport.Recall(report).TrimEnd('\n').Split('\n');
        string[] wrong = CsvReport.WrongPairs(report).TrimEnd('\n').Split('\n');

        AssertBalanced(page);
        Assert.True(Regex.Count(page, "<svg viewBox") >= 9);
        Assert.DoesNotMatch(@"(src|href)=|url\(|@import|<script|NaN|Infinity", page);
        Assert.Contains("phone &lt;b&gt;&amp;", page);
        Assert.DoesNotContain('\n', JsonReport.Summary(report, "folder"));
        Assert.Equal(3, summary.RootElement.GetProperty("photos").GetInt32());
        Assert.Equal(5, json.RootElement.GetProperty("contenders").GetArrayLength());
        Assert.Equal(1 + (5 * ((2 * 65) + (3 * 21))), recall.Length);
        Assert.All(recall, line => Assert.Equal(4, line.Count(character => character == ',')));
        Assert.Equal(1 + (3 * ((2 * 257) + (3 * 65))), wrong.Length);
        Assert.Contains("turned", TextReport.Of(report));
        Assert.All(
            [RecallSections.ChartOfAll(report), WrongSections.TailChart(report)],
            chart => Assert.Equal("svg", XDocument.Parse(chart.RenderFile()).Root!.Name.LocalName));
    }

    [Theory]
    [InlineData("--register", "turned", "must be one of: plain, wide")]
    [InlineData("--query", "sideways", "must be one of: plain, turned, wide")]
    [InlineData("--workers", "0", "1 to 64")]
    public void Command_ValueThatIsNotOffered_IsRefusedWithAReason(string option, string value, string reason)
    {
        string[] errors =
        [
            .. RecallCommand.Create().Parse(["--photos", "p", "--edits", "e", option, value]).Errors
                .Select(error => error.Message),
        ];

        Assert.Contains(errors, error => error.Contains(reason));
    }

    [Fact]
    public void ReadFolder_FewerThanTwoPhotos_IsRefused()
    {
        Assert.Throws<RecallFailure>(() => Photo.ReadFolder(_photos.Path));
        Assert.Throws<RecallFailure>(() => Photo.ReadFolder(_photos["missing"]));
    }

    private static Progress Quiet() => new(TextWriter.Null, isTerminal: false);

    private RecallReport Run(ViewSet query, ViewSet? register = null)
    {
        IReadOnlyList<Photo> photos = MadeUp.Photos(_photos, 3);
        using var cache = HashCache.Open(_out["cache"]);
        return new RecallRun(photos, Edits, Quiet(), 1, CancellationToken.None)
            .Compare(register ?? ViewSets.ForRegister[0], query, cache);
    }

    private static void AssertBalanced(string page)
    {
        string[] alone = ["meta", "br"];
        var open = new Stack<string>();
        foreach (Match tag in Regex.Matches(page, @"<(/?)([a-z][a-z0-9]*)\b[^<>]*?(/?)>"))
        {
            string name = tag.Groups[2].Value;
            if (tag.Groups[1].Length > 0)
            {
                Assert.Equal(open.Pop(), name);
            }
            else if (tag.Groups[3].Length == 0 && !alone.Contains(name))
            {
                open.Push(name);
            }
        }

        Assert.Empty(open);
    }
}
