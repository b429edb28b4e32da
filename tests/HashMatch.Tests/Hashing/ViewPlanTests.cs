using HashMatch.Hashing;

namespace HashMatch.Tests.Hashing;

public sealed class ViewPlanTests
{
    public static readonly TheoryData<string> Lists = ["registered", "without frame", "beside frames", "in frame"];

    [Theory]
    [MemberData(nameof(Lists))]
    public void Shapes_OfOneList_HaveNamesOfTheirOwn(string list)
    {
        string[] names = [.. Shapes(list).Select(shape => shape.Name)];

        Assert.Equal(names.Distinct(), names);
        Assert.DoesNotContain(ViewPlan.Raw, names);
        Assert.Empty(names.Intersect(ViewPlan.FrameNames));
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public void Shapes_OfPhotosOfAnyProportions_LieWithinThem(string list)
    {
        PixelBox[] boxes = [new(0, 0, 384, 288), new(31, 7, 60, 300), new(5, 90, 300, 20), new(0, 0, 1, 1)];

        foreach (ViewPlacement placement in
            from shape in Shapes(list) from box in boxes select Relative(shape.Place(box), box))
        {
            long across = Math.Abs(placement.HalfX) + Math.Abs(placement.DownX);
            long down = Math.Abs(placement.HalfY) + Math.Abs(placement.DownY);
            Assert.InRange(placement.CenterX, across - 1, (2 * ViewPlacement.One) - across + 1);
            Assert.InRange(placement.CenterY, down - 1, (2 * ViewPlacement.One) - down + 1);
        }
    }

    [Fact]
    public void Upright_OfEveryList_KeepTheBound()
    {
        QueriedShapes[] lists = [ViewPlan.WithoutFrame, ViewPlan.BesideFrames, ViewPlan.InFrame];

        Assert.All(lists, list => Assert.InRange(list.Upright.Length, 1, ViewHasher.MaxUprightViews));
    }

    // In a picture of 2 by 2 whole cells, whatever the box was.
    private static ViewPlacement Relative(ViewPlacement placement, PixelBox box) => new(
        2 * (placement.CenterX - (box.X * (long)ViewPlacement.One)) / box.Width,
        2 * (placement.CenterY - (box.Y * (long)ViewPlacement.One)) / box.Height,
        2 * placement.HalfX / box.Width,
        2 * placement.HalfY / box.Height,
        2 * placement.DownX / box.Width,
        2 * placement.DownY / box.Height);

    private static ViewShape[] Shapes(string list) => list switch
    {
        "registered" => ViewPlan.Registered,
        "without frame" => [.. ViewPlan.WithoutFrame.Turned, .. ViewPlan.WithoutFrame.Upright],
        "beside frames" => [.. ViewPlan.BesideFrames.Turned, .. ViewPlan.BesideFrames.Upright],
        _ => [.. ViewPlan.InFrame.Turned, .. ViewPlan.InFrame.Upright],
    };
}
