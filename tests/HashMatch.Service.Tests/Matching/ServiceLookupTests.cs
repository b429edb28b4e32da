using Grpc.Core;
using HashMatch.Client;
using HashMatch.Client.Views;
using HashMatch.Hashing;
using HashMatch.Matching;
using HashMatch.Protocol;

namespace HashMatch.Service.Tests.Matching;

/// <summary>How pictures of many views are asked for, against a list that is looked through one by one.</summary>
public sealed class ServiceLookupTests
{
    private const int Pictures = 3;
    private const string NeverTurned = "left-90";

    // Of each view an entry is near, at every distance from that of a copy to what says nothing any more.
    private static readonly int[] Distances = [0, 8, 10, 20, 22, 30, 32, 34, 36, 38, 46, 48, 50, 52, 54, 60];

    private readonly List<(int Count, int Distance)> _requests = [];

    public static TheoryData<QueryViews> Sets => [.. Enum.GetValues<QueryViews>()];

    [Theory]
    [MemberData(nameof(Sets))]
    public async Task Run_BandsOnly_GivesTheTiersThatDistancesGive(QueryViews set)
    {
        List<List<PictureView>> pictures = MakePictures(set);
        List<(string Id, Hash256 Hash)> list = MakeList(pictures);

        IReadOnlyList<IReadOnlyList<PictureMatch>> exact = await RunAsync(pictures, set, list, tellDistance: true);
        int requests = _requests.Count;
        IReadOnlyList<IReadOnlyList<PictureMatch>> bands = await RunAsync(pictures, set, list, tellDistance: false);

        for (int picture = 0; picture < Pictures; picture++)
        {
            Assert.Equal(
                Expected(pictures[picture], set, list),
                exact[picture].Select(match => (match.EntryId, match.Tier, match.IsNegative)).Order());
            Assert.Equal(
                exact[picture].Select(match => match with { Distance = null }).OrderBy(match => match.EntryId),
                bands[picture].OrderBy(match => match.EntryId));
            Assert.Equal(
                exact[picture].OrderByDescending(match => match.Tier).ThenBy(match => match.Distance)
                    .Select(match => match.Distance),
                exact[picture].Select(match => match.Distance));
        }

        // One request for each distance of "review", and for bands at most one more for each of "strong".
        TierDistances[] asked = [.. AllDistances(set).Where(distances => distances.Review >= 0)];
        Assert.Equal(asked.Select(distances => distances.Review).Distinct().Count(), requests);
        Assert.InRange(
            _requests.Count - (2 * requests), 0, asked.Select(distances => distances.Strong).Distinct().Count());
        Assert.All(_requests, request => Assert.InRange(request.Distance, 0, MatchingLimit));
    }

    [Fact]
    public async Task Run_MoreMatchesThanAnAnswerHolds_AsksForFewerHashesAndFindsAll()
    {
        List<List<PictureView>> pictures = MakePictures(QueryViews.Wide);
        List<(string Id, Hash256 Hash)> list = MakeList(pictures);

        IReadOnlyList<IReadOnlyList<PictureMatch>> all = await RunAsync(pictures, QueryViews.Wide, list, true);
        IReadOnlyList<IReadOnlyList<PictureMatch>> split =
            await RunAsync(pictures, QueryViews.Wide, list, true, mostMatches: 20);
        RpcException tooMany = await Assert.ThrowsAsync<RpcException>(
            () => RunAsync(pictures, QueryViews.Wide, list, true, mostMatches: 3));

        Assert.Equal(all, split);
        Assert.Equal(StatusCode.ResourceExhausted, tooMany.StatusCode);
    }

    [Fact]
    public async Task Run_ManyPictures_AsksFor256HashesAtATimeAtMost()
    {
        List<List<PictureView>> pictures =
            [.. Enumerable.Range(0, 40).SelectMany(_ => MakePictures(QueryViews.Wide))];

        IReadOnlyList<IReadOnlyList<PictureMatch>> found = await RunAsync(pictures, QueryViews.Wide, [], true);

        Assert.Equal(pictures.Count, found.Count);
        Assert.All(found, Assert.Empty);
        Assert.All(_requests, request => Assert.InRange(request.Count, 1, 256));
    }

    [Fact]
    public async Task Run_NoPicturesOrNoViews_AsksNothing()
    {
        IReadOnlyList<IReadOnlyList<PictureMatch>> none = await RunAsync([], QueryViews.Wide, [], true);
        IReadOnlyList<IReadOnlyList<PictureMatch>> empty = await RunAsync([[]], QueryViews.Wide, [], true);

        Assert.Empty(none);
        Assert.Empty(Assert.Single(empty));
        Assert.Empty(_requests);
    }

    [Fact]
    public void TierDistances_OfAllSets_AreWithinWhatTheServiceAnswersUnlessConfigured()
    {
        Assert.All(
            Enum.GetValues<QueryViews>().SelectMany(AllDistances),
            distances => Assert.InRange(distances.Review, distances.Strong, MatchingLimit));
    }

    private static int MatchingLimit => new Service.Matching.MatchingOptions().MaxDistance;

    private static IEnumerable<TierDistances> AllDistances(QueryViews set) =>
        from turn in set == QueryViews.Plain ? [Dihedral.Identity] : Enum.GetValues<Dihedral>()
        from negative in (bool[])[false, true]
        select MatchTiers.DistancesFor(set, turn, negative);

    private static List<List<PictureView>> MakePictures(QueryViews set)
    {
        (string View, Dihedral Turn)[] looks = set switch
        {
            QueryViews.Plain => [("raw", Dihedral.Identity)],
            QueryViews.Turned => [.. Enum.GetValues<Dihedral>().Select(turn => ("raw", turn))],
            _ =>
            [
                .. from view in (string[])["raw", "square", "top-95"]
                   from turn in Enum.GetValues<Dihedral>()
                   select (view, turn),
                (NeverTurned, Dihedral.Identity),
            ],
        };
        return
        [
            .. Enumerable.Range(0, Pictures).Select(picture => looks
                .Select((look, k) => new PictureView(
                    look.View, look.Turn, new Hashing.Fingerprint(TestHashes.Make((picture * 100) + k), 90)))
                .ToList()),
        ];
    }

    private static List<(string Id, Hash256 Hash)> MakeList(List<List<PictureView>> pictures)
    {
        var list = new List<(string, Hash256)>();
        foreach (PictureView view in pictures.SelectMany(views => views))
        {
            foreach (int distance in Distances)
            {
                Hash256 near = TestHashes.At(view.Fingerprint.Hash, distance);
                list.Add(($"{list.Count:x32}", near));
                list.Add(($"{list.Count:x32}", Complement(near)));
            }
        }

        return list;
    }

    private static Hash256 Complement(Hash256 hash) =>
        new(~hash.GetWord(0), ~hash.GetWord(1), ~hash.GetWord(2), ~hash.GetWord(3));

    // What the table says of each entry and each view, by itself.
    private static IEnumerable<(string Id, ConfidenceTier Tier, bool IsNegative)> Expected(
        List<PictureView> views, QueryViews set, List<(string Id, Hash256 Hash)> list) =>
        (from entry in list
         from view in views
         from negative in (bool[])[false, true]
         where !negative || view.Name != NeverTurned
         let hash = negative ? Complement(view.Fingerprint.Hash) : view.Fingerprint.Hash
         let tier = MatchTiers.Of(set, view.Turn, negative, hash.DistanceTo(entry.Hash))
         where tier is not null
         select (entry.Id, tier.Value, negative)).Order();

    private async Task<IReadOnlyList<IReadOnlyList<PictureMatch>>> RunAsync(
        List<List<PictureView>> pictures,
        QueryViews set,
        List<(string Id, Hash256 Hash)> list,
        bool tellDistance,
        int mostMatches = 10_000)
    {
        var lookup = new PictureLookup(pictures, set);
        var service = new ServiceLookup((hashes, distance, _) =>
        {
            _requests.Add((hashes.Length, distance));
            return Task.FromResult<IReadOnlyList<HashMatches>>(
                Answer(hashes, distance, list, tellDistance, mostMatches));
        });
        await service.RunAsync(lookup, TestContext.Current.CancellationToken);
        return lookup.Results();
    }

    private static List<HashMatches> Answer(
        Hash256[] hashes, int maxDistance, List<(string Id, Hash256 Hash)> list, bool tellDistance, int mostMatches)
    {
        var answer = new List<HashMatches>();
        foreach (Hash256 hash in hashes)
        {
            var matches = new HashMatches();
            foreach ((string id, Hash256 entry) in list)
            {
                int distance = hash.DistanceTo(entry);
                if (distance <= maxDistance)
                {
                    var match = new Match { EntryId = id, Band = Band(distance) };
                    if (tellDistance)
                    {
                        match.Distance = (uint)distance;
                    }

                    matches.Matches.Add(match);
                }
            }

            answer.Add(matches);
        }

        return answer.Sum(matches => matches.Matches.Count) <= mostMatches
            ? answer
            : throw new RpcException(new Status(StatusCode.ResourceExhausted, "Too many."));
    }

    private static MatchBand Band(int distance) =>
        distance <= 8 ? MatchBand.Same : distance <= 20 ? MatchBand.Near : MatchBand.Far;
}
