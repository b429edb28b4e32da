using HashMatch.Benchmarks.Recall.Edits;
using HashMatch.Benchmarks.Recall.Hashes;
using HashMatch.Benchmarks.Recall.Measures;
using HashMatch.Hashing;
using HashMatch.Matching;

namespace HashMatch.Tests.Recall;

public sealed class FoundCopiesTests
{
    private static readonly Edit Plain = Sample.Parse("""[["mirror"]]""", "plain");
    private static readonly Edit Mixed = Sample.Parse("""[["pip", 0.5]]""", "mixed");
    private static readonly Edit Framed = Sample.Parse("""[["gallery"]]""", "framed");

    [Fact]
    public void Search_CopiesAtKnownDistances_AreFoundFromThereOn()
    {
        (Contender contender, HashedPhotos hashes) = Make(3, [Plain]);
        Put(contender, hashes, 0, MadeUp.View(MadeUp.Near(MadeUp.Hash(0), 10)));
        Put(contender, hashes, 1, MadeUp.View(MadeUp.Near(MadeUp.Hash(1), 40)));
        Put(contender, hashes, 2, MadeUp.View(MadeUp.Hash(99)));

        FoundCopies found = Search(contender, hashes, Plain);

        Assert.Equal(0, found.Recall(0, 9));
        Assert.Equal(1.0 / 3, found.Recall(0, 10));
        Assert.Equal(1.0 / 3, found.Recall(0, 39));
        Assert.Equal(2.0 / 3, found.Recall(0, 64));
        Assert.Equal(0, found.WrongByDistance.Sum());
    }

    [Fact]
    public void Search_HashOfLowQuality_IsNotUsed()
    {
        (Contender contender, HashedPhotos hashes) = Make(2, [Plain]);
        Put(contender, hashes, 0, MadeUp.View(MadeUp.Hash(0), quality: 49));
        Put(contender, hashes, 1, MadeUp.View(MadeUp.Hash(1), quality: 50));

        FoundCopies found = Search(contender, hashes, Plain);

        Assert.Equal(0.5, found.Recall(0, 64));
    }

    [Theory]
    [InlineData(QueryViews.Plain, Dihedral.Identity, "whole", 0)]
    [InlineData(QueryViews.Wide, Dihedral.Identity, "whole", 1)]
    [InlineData(QueryViews.Wide, Dihedral.Identity, "part that is not looked up turned", 0)]
    [InlineData(QueryViews.Wide, Dihedral.FlipY, "whole", 0)]
    public void Search_Negative_IsFoundWhereNegativesAreTried(
        QueryViews asked, Dihedral turn, string view, double expected)
    {
        (Contender contender, HashedPhotos hashes) = Make(2, [Plain], asked);
        for (int photo = 0; photo < 2; photo++)
        {
            Hash256 negative = MadeUp.Near(MadeUp.Near(MadeUp.Hash(photo), 6), Hash256.BitCount);
            Put(contender, hashes, photo, MadeUp.View(negative, view) with { Turn = turn }, Turned(photo));
        }

        FoundCopies found = Search(contender, hashes, Plain);

        Assert.Equal(expected, found.Recall(0, 6));
        Assert.Equal(0, found.Recall(0, 5));
    }

    [Fact]
    public void Search_OtherPhoto_IsAMistakeUnlessItIsInTheUpload()
    {
        (Contender contender, HashedPhotos hashes) = Make(3, [Plain]);
        (_, HashedPhotos mixed) = Make(3, [Mixed]);
        for (int photo = 0; photo < 3; photo++)
        {
            // Each upload is near the next photo, which is the one that is mixed in.
            int next = (photo + 1) % 3;
            Put(contender, hashes, photo, MadeUp.View(MadeUp.Near(MadeUp.Hash(next), 12)));
            Put(contender, mixed, photo, MadeUp.View(MadeUp.Near(MadeUp.Hash(next), 12)));
        }

        FoundCopies wrong = Search(contender, hashes, Plain);
        FoundCopies right = Search(contender, mixed, Mixed);
        DistanceCounts wrongPairs = Pairs(contender, hashes, Plain).All;
        DistanceCounts rightPairs = Pairs(contender, mixed, Mixed).All;

        Assert.Equal(0, wrong.Recall(0, 64));
        Assert.Equal(3, wrong.WrongByDistance[12]);
        Assert.Equal(0, right.WrongByDistance.Sum());
        Assert.Equal(6, wrongPairs.Pairs);
        Assert.Equal(3, wrongPairs.Within(12));
        Assert.Equal(3, wrongPairs.PhotosWithin(12));
        Assert.Equal(12, wrongPairs.Nearest.First().Distance);
        Assert.Equal(3, rightPairs.Pairs);
        Assert.Equal(0, rightPairs.Within(40));
    }

    [Fact]
    public void Search_SeveralViews_CountsWhatEachAdds()
    {
        (Contender contender, HashedPhotos hashes) = Make(2, [Plain]);
        for (int photo = 0; photo < 2; photo++)
        {
            hashes.Set(
                contender.RegisterSlot,
                photo,
                HashedPhotos.Unedited,
                [MadeUp.View(MadeUp.Hash(photo)), MadeUp.View(MadeUp.Hash(photo + 50), "middle")]);
            Put(contender, hashes, photo, MadeUp.View(MadeUp.Hash(77)), MadeUp.View(MadeUp.Hash(photo + 50), "part"));
        }

        FoundCopies found = Search(contender, hashes, Plain);

        Assert.Equal(1, found.Recall(0, 0));
        Assert.Equal(new TierCounts(0, 0, 0), found.ByNumberOfHashes[(false, 1)]);
        Assert.Equal(new TierCounts(2, 2, 2), found.ByNumberOfHashes[(false, 2)]);
        Assert.Equal(new TierCounts(0, 0, 0), found.ByNumberOfHashes[(true, 1)]);
        Assert.Equal(new TierCounts(2, 2, 2), found.ByNumberOfHashes[(true, 2)]);
        Assert.Equal(2, found.BestViews[(false, "middle")]);
        Assert.Equal(2, found.BestViews[(true, "part")]);
    }

    [Theory]
    [InlineData(Dihedral.Identity, 10, true, true)]
    [InlineData(Dihedral.Identity, 50, false, true)]
    [InlineData(Dihedral.Identity, 62, false, false)]
    [InlineData(Dihedral.Transpose, 10, true, true)]
    [InlineData(Dihedral.Transpose, 50, false, false)]
    public void Search_Tiers_AreThoseOfTheTurn(Dihedral turn, int distance, bool isStrong, bool isReview)
    {
        (Contender contender, HashedPhotos hashes) = Make(2, [Plain], QueryViews.Wide);
        Put(contender, hashes, 0, MadeUp.View(MadeUp.Near(MadeUp.Hash(0), distance)) with { Turn = turn });
        Put(contender, hashes, 1, MadeUp.View(MadeUp.Near(MadeUp.Hash(0), distance)) with { Turn = turn });

        FoundCopies found = Search(contender, hashes, Plain);
        WrongPairs wrong = Pairs(contender, hashes, Plain);

        Assert.Equal(isStrong ? 0.5 : 0, found.Recall(0, ConfidenceTier.Strong));
        Assert.Equal(isReview ? 0.5 : 0, found.Recall(0, ConfidenceTier.Review));
        Assert.Equal(isStrong ? 1 : 0, wrong.Strong);
        Assert.Equal(isReview ? 1 : 0, wrong.Review);
        Assert.Equal(
            [1],
            contender.Classes.Zip(wrong.ByClass).Where(one => one.First.Turns.Contains(turn) && !one.First.IsNegative)
                .Select(one => one.Second.Within(distance)));
    }

    [Fact]
    public void PartsOfClasses_NearestWithinTheUsualDistance_AreCounted()
    {
        (Contender contender, HashedPhotos hashes) = Make(4, [Plain], QueryViews.Wide);
        Put(contender, hashes, 0, MadeUp.View(MadeUp.Near(MadeUp.Hash(0), 31)));
        Put(
            contender,
            hashes,
            1,
            MadeUp.View(MadeUp.Near(MadeUp.Hash(1), 20)),
            MadeUp.View(MadeUp.Near(MadeUp.Hash(1), 10)) with { Turn = Dihedral.Transpose });
        Put(contender, hashes, 2, MadeUp.View(MadeUp.Near(MadeUp.Hash(2), 256 - 4)), Turned(2));
        Put(contender, hashes, 3, MadeUp.View(MadeUp.Near(MadeUp.Hash(3), 32)));

        FoundCopies found = Search(contender, hashes, Plain);

        Assert.Equal([1.0 / 3, 0, 1.0 / 3, 1.0 / 3], found.PartsOfClasses());
    }

    [Fact]
    public void HashClass_EveryHashOfASet_IsInExactlyOne()
    {
        foreach (ViewSet set in ViewSets.ForQuery)
        {
            var contender = Contender.Views(ViewSets.Pdq, set);

            (Dihedral Turn, bool IsNegative)[] asked =
            [
                .. from turn in Enum.GetValues<Dihedral>()
                   from isNegative in new[] { false, true }
                   where MatchTiers.DistancesFor(set.Asked!.Value, turn, isNegative).Review >= 0
                   select (turn, isNegative),
            ];

            Assert.All(asked, one =>
                Assert.Single(contender.Classes.Zip(Tiers.Of(contender).ByClass), pair =>
                    pair.First.Turns.Contains(one.Turn)
                    && pair.First.IsNegative == one.IsNegative
                    && pair.Second == MatchTiers.DistancesFor(set.Asked!.Value, one.Turn, one.IsNegative)));
            Assert.Equal(contender.Classes.Sum(one => one.Turns.Count), asked.Length);
        }
    }

    [Fact]
    public void InSameFrames_FramesThatLookAlike_AreCountedForFramesOnly()
    {
        Edit[] edits = [Plain, Framed];
        (Contender contender, HashedPhotos hashes) = Make(3, edits);
        for (int photo = 0; photo < 3; photo++)
        {
            ViewHash[] framed = [MadeUp.View(MadeUp.Near(MadeUp.Hash(1000), photo))];
            hashes.Set(contender.QuerySlot, photo, 0, [MadeUp.View(MadeUp.Hash(photo))]);
            hashes.Set(contender.QuerySlot, photo, 1, framed);
            hashes.Set(contender.RegisterSlot, photo, 1, framed);
        }

        var pairs = WrongPairs.InSameFrames(
            contender, Tiers.Of(contender), hashes, edits, 1, CancellationToken.None);

        Assert.Equal(6, pairs.All.Pairs);
        Assert.Equal(4, pairs.All.Within(1));
        Assert.Equal(6, pairs.All.Within(2));
    }

    private static (Contender Contender, HashedPhotos Hashes) Make(
        int photos, Edit[] edits, QueryViews asked = QueryViews.Plain)
    {
        var contender = Contender.Views(MadeUp.Set("r"), MadeUp.Set("q", asked));
        var hashes = new HashedPhotos(photos, edits.Length, [contender.RegisterSlot, contender.QuerySlot]);
        for (int photo = 0; photo < photos; photo++)
        {
            hashes.Set(contender.RegisterSlot, photo, HashedPhotos.Unedited, [MadeUp.View(MadeUp.Hash(photo))]);
        }

        return (contender, hashes);
    }

    // The whole, turned, and near nothing.
    private static ViewHash Turned(int photo) =>
        MadeUp.View(MadeUp.Hash(1000 + photo)) with { Turn = Dihedral.Transpose };

    private static void Put(Contender contender, HashedPhotos hashes, int photo, params ViewHash[] upload) =>
        hashes.Set(contender.QuerySlot, photo, 0, upload);

    private static FoundCopies Search(Contender contender, HashedPhotos hashes, Edit edit) =>
        FoundCopies.Search(contender, Tiers.Of(contender), hashes, [edit], 1, CancellationToken.None);

    private static WrongPairs Pairs(Contender contender, HashedPhotos hashes, Edit edit) =>
        WrongPairs.OfAll(contender, Tiers.Of(contender), hashes, [edit], 1, CancellationToken.None);
}
