using HashMatch.Benchmarks.Recall;
using HashMatch.Benchmarks.Recall.Edits;
using HashMatch.Benchmarks.Recall.Pictures;
using HashMatch.Tests.Hashing;
using HashMatch.Tests.House;

namespace HashMatch.Tests.Recall;

public sealed class EditListTests
{
    private static readonly string OffGrid =
        Repository.Read("benchmarks/HashMatch.Benchmarks/Recall/off-grid.json");

    [Fact]
    public void Read_SharedSpecification_HasAllEditsAndGroups()
    {
        string folder = SharedFolder.Require("recall");

        IReadOnlyList<Edit> edits = EditList.Read(Path.Combine(folder, "edits.json"));

        Assert.Equal(127, edits.Count);
        Assert.Equal(12, edits.DistinctBy(edit => edit.Group).Count());
        Assert.Equal(6, edits.Count(edit => edit.UsesDonor));
    }

    [Fact]
    public void Parse_OffGridSpecification_IsOfRandomStepsAlone()
    {
        IReadOnlyList<Edit> edits = EditList.Parse(OffGrid);

        Assert.Equal(["crop_sides", "zoom", "rotate", "border", "chain"], edits.Select(edit => edit.Group).Distinct());
        Assert.All(edits.CountBy(edit => edit.Group), group => Assert.Equal(8, group.Value));
        Assert.All(edits, edit => Assert.Contains("_rand", edit.Definition));
    }

    [Fact]
    public void Apply_SharedSpecification_IsTheSameTwiceAndLeavesThePhotosAlone()
    {
        string folder = SharedFolder.Require("recall");
        Picture photo = Sample.Scene(96, 72);
        Picture donor = Sample.Scene(70, 90, 2);
        Picture[] before = [photo.Copy(), donor.Copy()];
        foreach (Edit edit in EditList.Read(Path.Combine(folder, "edits.json")))
        {
            Picture once = edit.Apply(photo, "name", donor, Sample.Codec);
            Picture again = edit.Apply(photo, "name", donor, Sample.Codec);

            Assert.True(once.Pixels.AsSpan().SequenceEqual(again.Pixels), edit.Id);
        }

        Assert.Equal(before[0].Pixels, photo.Pixels);
        Assert.Equal(before[1].Pixels, donor.Pixels);
    }

    [Theory]
    [InlineData("""[["melt", 3]]""", "\"melt\"")]
    [InlineData("""[[]]""", "not known")]
    [InlineData("""[[7]]""", "not known")]
    [InlineData("""["jpeg"]""", "not a specification")]
    [InlineData("""[["jpeg"]]""", "takes 1 arguments, not 0")]
    [InlineData("""[["mirror", 1]]""", "takes 0 arguments, not 1")]
    [InlineData("""[["jpeg", 101]]""", "from 1 to 100")]
    [InlineData("""[["jpeg", 50.5]]""", "whole")]
    [InlineData("""[["jpeg", "90"]]""", "number")]
    [InlineData("""[["scale", 1e9]]""", "number")]
    [InlineData("""[["crop_center", 1]]""", "number")]
    [InlineData("""[["border", "red", 0.1]]""", "black, white")]
    [InlineData("""[["zoom_rand", 0.9, 0.5]]""", "number")]
    [InlineData("""[["chain_rand", 1, 1, "mirror"]]""", "list of steps")]
    [InlineData("""[["chain_rand", 1, 1, []]]""", "list of steps")]
    [InlineData("""[["chain_rand", 1, 2, [["mirror"]]]]""", "number")]
    [InlineData("""[["chain_rand", 1, 1, [["melt"]]]]""", "\"melt\"")]
    [InlineData("""[["chain_rand", 1, 1, [["pip", 0.5]]]]""", "another photo")]
    public void Parse_StepThatIsNotUnderstood_IsRefusedByName(string steps, string part)
    {
        RecallFailure failure = Assert.Throws<RecallFailure>(() => Sample.Parse(steps));

        Assert.Contains(part, failure.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"edits":[]}""")]
    [InlineData("""{"edits":[{"id":"a"}]}""")]
    [InlineData("""{"edits":[{"id":"a","group":"g","steps":[]},{"id":"a","group":"g","steps":[]}]}""")]
    public void Parse_OtherThanASpecification_IsRefused(string text) =>
        Assert.Throws<RecallFailure>(() => EditList.Parse(text));

    [Fact]
    public void Fnv1a_PublishedVectors_AreMet()
    {
        Assert.Equal(0xcbf29ce484222325UL, Seed.Fnv1a(""));
        Assert.Equal(0xaf63dc4c8601ec8cUL, Seed.Fnv1a("a"));
        Assert.Equal(0x85944171f73967e8UL, Seed.Fnv1a("foobar"));
    }

    [Fact]
    public void Apply_Chain_TakesSomeOfTheStepsInAnyOrder()
    {
        const string Steps = """[["chain_rand", 1, 2, [["crop_center", 0.5], ["pad", "black", 0, 0.5]]]]""";
        Picture places = Sample.Places(200, 200);
        Picture donor = Sample.Scene(20, 20);

        (int Width, int Height)[] sizes =
        [
            .. Enumerable.Range(0, 60).Select(i =>
                Sample.Size(Sample.Parse(Steps, $"edit{i}").Apply(places, "photo", donor, Sample.Codec))),
        ];

        // Cut, bordered, and both in either order, which are the same size again.
        Assert.Equal(
            [(100, 100), (100, 200), (200, 400)], sizes.Distinct().Order());
    }

    [Fact]
    public void Apply_OtherPhotoOrOtherId_DrawsAnew()
    {
        const string Steps = """[["crop_rand", 0.15]]""";
        Picture places = Sample.Places(200, 200);
        Picture donor = Sample.Scene(20, 20);

        Picture[] cropped =
        [
            Sample.Parse(Steps, "a").Apply(places, "one", donor, Sample.Codec),
            Sample.Parse(Steps, "a").Apply(places, "two", donor, Sample.Codec),
            Sample.Parse(Steps, "b").Apply(places, "one", donor, Sample.Codec),
        ];

        Assert.Equal(
            3, cropped.DistinctBy(picture => (Sample.Size(picture), Sample.Origin(picture, 0, 0))).Count());
    }

    [Fact]
    public void Parse_FrameSteps_AreToldFromOthers()
    {
        Assert.True(Sample.Parse("""[["phone", "dark"], ["crop_center", 0.04]]""").IsFrame);
        Assert.True(Sample.Parse("""[["caption_meme", 0.2], ["jpeg", 85]]""").IsFrame);
        Assert.False(Sample.Parse("""[["crop_center", 0.04], ["phone", "dark"]]""").IsFrame);
        Assert.False(Sample.Parse("[]").IsFrame);
    }
}
