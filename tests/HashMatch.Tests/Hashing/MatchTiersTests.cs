using HashMatch.Hashing;

namespace HashMatch.Tests.Hashing;

public sealed class MatchTiersTests
{
    public static TheoryData<QueryViews, Dihedral, bool> LookedUp
    {
        get
        {
            var data = new TheoryData<QueryViews, Dihedral, bool>
            {
                { QueryViews.Plain, Dihedral.Identity, false },
                { QueryViews.Wide, Dihedral.Identity, true },
            };
            foreach (Dihedral turn in Enum.GetValues<Dihedral>())
            {
                data.Add(QueryViews.Turned, turn, false);
                data.Add(QueryViews.Wide, turn, false);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(LookedUp))]
    public void DistancesFor_WhatIsLookedUp_AreOfUseAndInOrder(QueryViews set, Dihedral turn, bool isNegative)
    {
        TierDistances distances = MatchTiers.DistancesFor(set, turn, isNegative);

        Assert.InRange(distances.Strong, 16, distances.Review);
        Assert.InRange(distances.Review, distances.Strong, 64);
    }

    [Theory]
    [MemberData(nameof(LookedUp))]
    public void Of_AroundTheDistances_ChangesAtThem(QueryViews set, Dihedral turn, bool isNegative)
    {
        TierDistances distances = MatchTiers.DistancesFor(set, turn, isNegative);

        ConfidenceTier? Of(int distance) => MatchTiers.Of(set, turn, isNegative, distance);

        Assert.Equal(ConfidenceTier.Strong, Of(0));
        Assert.Equal(ConfidenceTier.Strong, Of(distances.Strong));
        Assert.Equal(ConfidenceTier.Review, Of(distances.Strong + 1));
        Assert.Equal(ConfidenceTier.Review, Of(distances.Review));
        Assert.Null(Of(distances.Review + 1));
        Assert.Null(Of(256));
    }

    [Theory]
    [InlineData(QueryViews.Plain, Dihedral.FlipY, false)]
    [InlineData(QueryViews.Plain, Dihedral.Identity, true)]
    [InlineData(QueryViews.Turned, Dihedral.Identity, true)]
    [InlineData(QueryViews.Wide, Dihedral.FlipY, true)]
    [InlineData(QueryViews.Wide, Dihedral.Rotate180, true)]
    public void Of_WhatTheSetDoesNotLookUp_IsNoTier(QueryViews set, Dihedral turn, bool isNegative)
    {
        Assert.Equal(new TierDistances(-1, -1), MatchTiers.DistancesFor(set, turn, isNegative));
        Assert.Null(MatchTiers.Of(set, turn, isNegative, 0));
    }

    [Fact]
    public void DistancesFor_SmallerSets_AreThoseOfWide()
    {
        Assert.All(Enum.GetValues<Dihedral>(), turn => Assert.Equal(
            MatchTiers.DistancesFor(QueryViews.Wide, turn, false),
            MatchTiers.DistancesFor(QueryViews.Turned, turn, false)));
        Assert.Equal(
            MatchTiers.DistancesFor(QueryViews.Wide, Dihedral.Identity, false),
            MatchTiers.DistancesFor(QueryViews.Plain, Dihedral.Identity, false));
    }

    [Fact]
    public void Of_WhatThereIsNot_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            MatchTiers.Of((QueryViews)3, Dihedral.Identity, isNegative: false, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            MatchTiers.Of(QueryViews.Wide, (Dihedral)8, isNegative: false, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            MatchTiers.Of(QueryViews.Wide, Dihedral.Identity, isNegative: false, -1));
    }
}
