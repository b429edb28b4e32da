using HashMatch.Benchmarks.Recall.Edits;
using HashMatch.Benchmarks.Recall.Hashes;
using HashMatch.Benchmarks.Recall.Measures;
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
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public void Search_Negative_IsFoundWhereNegativesAreTried(bool tries, double expected)
    {
        (Contender contender, HashedPhotos hashes) = Make(2, [Plain], tries);
        for (int photo = 0; photo < 2; photo++)
        {
            Hash256 hash = MadeUp.Near(MadeUp.Hash(photo), 6);
            Put(contender, hashes, photo, MadeUp.View(Questions.Complement(hash)));
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
        var wrongPairs = WrongPairs.OfAll(contender, hashes, [Plain], 1, CancellationToken.None);
        var rightPairs = WrongPairs.OfAll(contender, mixed, [Mixed], 1, CancellationToken.None);

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
        Assert.Equal(0, found.ByNumberOfHashes[(false, 1)][64]);
        Assert.Equal(2, found.ByNumberOfHashes[(false, 2)][0]);
        Assert.Equal(0, found.ByNumberOfHashes[(true, 1)][64]);
        Assert.Equal(2, found.ByNumberOfHashes[(true, 2)][0]);
        Assert.Equal(2, found.BestViews[(false, "middle")]);
        Assert.Equal(2, found.BestViews[(true, "part")]);
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

        var pairs = WrongPairs.InSameFrames(contender, hashes, edits, 1, CancellationToken.None);

        Assert.Equal(6, pairs.Pairs);
        Assert.Equal(4, pairs.Within(1));
        Assert.Equal(6, pairs.Within(2));
    }

    private static (Contender Contender, HashedPhotos Hashes) Make(
        int photos, Edit[] edits, bool triesNegatives = false)
    {
        var contender = Contender.Pdq(MadeUp.Set("r"), MadeUp.Set("q", triesNegatives));
        var hashes = new HashedPhotos(photos, edits.Length, [contender.RegisterSlot, contender.QuerySlot]);
        for (int photo = 0; photo < photos; photo++)
        {
            hashes.Set(contender.RegisterSlot, photo, HashedPhotos.Unedited, [MadeUp.View(MadeUp.Hash(photo))]);
        }

        return (contender, hashes);
    }

    private static void Put(Contender contender, HashedPhotos hashes, int photo, params ViewHash[] upload) =>
        hashes.Set(contender.QuerySlot, photo, 0, upload);

    private static FoundCopies Search(Contender contender, HashedPhotos hashes, Edit edit) =>
        FoundCopies.Search(contender, hashes, [edit], 1, CancellationToken.None);
}
