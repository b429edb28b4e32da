using HashMatch.Client;
using HashMatch.Matching;
using HashMatch.Protocol;
using HashMatch.Service.Tests.Storage;

namespace HashMatch.Service.Tests.Cases;

/// <summary>Pictures of up to 16 hashes each, as they are registered unless a person chooses otherwise.</summary>
[Trait("Category", TestDatabase.Category)]
public sealed class WideCaseTests
{
    private const int ViewsEach = Hashing.ViewHasher.MaxRegistered;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Register_ThousandPicturesOf16Views_AreCountedAndWithdrawnAsPictures()
    {
        await using TestService service = await TestService.StartAsync();
        using MatchClient platform = await service.ConnectPlatformAsync();
        var key = CaseKey.Create();

        List<PictureReceipt> receipts = await RegisterAsync(
            service, key, [.. Enumerable.Range(0, CaseClient.MaxPicturesPerCase).Select(number => Views(number))]);
        List<PictureReceipt> retry = await RegisterAsync(service, key, Views(CaseClient.MaxPicturesPerCase - 1));
        GetStatusResponse status = await service.CaseClient.GetStatusAsync(key, Cancelled);
        int[] all = await CountsAsync(service, platform, 0, 499, 999);
        int one = await service.CaseClient.WithdrawPictureAsync(key, 500, Cancelled);
        int[] withoutOne = await CountsAsync(service, platform, 0, 499, 999);
        int rest = await service.CaseClient.WithdrawAsync(key, Cancelled);
        int[] none = await CountsAsync(service, platform, 0, 499, 999);

        Assert.Equal(Enumerable.Range(1, 1_000), receipts.Select(receipt => (int)receipt.Number));
        Assert.Equal(1_000u, Assert.Single(retry).Number);
        Assert.Equal(1_000u, status.PictureCount);
        Assert.All(status.Pictures, picture => Assert.Equal((uint)ViewsEach, picture.Fingerprints));
        Assert.Equal([ViewsEach, ViewsEach, ViewsEach], all);
        Assert.Equal([ViewsEach, 0, ViewsEach], withoutOne);
        Assert.Equal([0, 0, 0], none);
        Assert.Equal((1, 999), (one, rest));
    }

    [Fact]
    public async Task Register_ViewsThatAreUnfit_AreLeftOutAndThePictureIsTaken()
    {
        await using TestService service = await TestService.StartAsync();
        using MatchClient platform = await service.ConnectPlatformAsync();
        var key = CaseKey.Create();
        Hashing.Fingerprint fit = new(TestHashes.Make(1), 80);
        Hashing.Fingerprint plain = new(TestHashes.Make(2), 49);
        Hashing.Fingerprint noPicture = new(new Hash256(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, 0), 100);

        List<PictureReceipt> receipts =
            await RegisterAsync(service, key, [plain, fit, noPicture], [plain], [plain, noPicture]);
        GetStatusResponse status = await service.CaseClient.GetStatusAsync(key, Cancelled);

        Assert.Equal(
            [
                (1u, PictureRefusal.Unspecified),
                (0u, PictureRefusal.LowQuality),
                (0u, PictureRefusal.NotAPicture),
            ],
            receipts.Select(receipt => (receipt.Number, receipt.Refusal)));
        Assert.Equal(1u, Assert.Single(status.Pictures).Fingerprints);
        Assert.Single(await platform.MatchesAsync(fit.Hash, expected: 1));
        Assert.Empty(await platform.MatchesAsync(plain.Hash, expected: 0));
    }

    [Fact]
    public async Task Register_CopiesWithAViewInCommon_AreTakenOverAndOverUnderTheSameNumbers()
    {
        await using TestService service = await TestService.StartAsync();
        var key = CaseKey.Create();
        Hashing.Fingerprint common = new(TestHashes.Make(9_999), 90);
        List<Hashing.Fingerprint>[] copies =
            [.. Enumerable.Range(0, 4).Select(copy => (List<Hashing.Fingerprint>)[.. Views(copy)[..15], common])];

        List<PictureReceipt> first = await RegisterAsync(service, key, copies);
        List<PictureReceipt> second = await RegisterAsync(service, key, copies);
        GetStatusResponse status = await service.CaseClient.GetStatusAsync(key, Cancelled);

        // Two have room in a picture of 32; the others are pictures of their own.
        Assert.Equal([1u, 1u, 2u, 3u], first.Select(receipt => receipt.Number));
        Assert.Equal([1u, 1u, 2u, 3u], second.Select(receipt => receipt.Number));
        Assert.Equal([31u, 15u, 15u], status.Pictures.Select(picture => picture.Fingerprints));
    }

    private static List<Hashing.Fingerprint> Views(int picture) =>
    [
        .. Enumerable.Range(picture * ViewsEach, ViewsEach)
            .Select(seed => new Hashing.Fingerprint(TestHashes.Make(seed), 90)),
    ];

    // How many of the hashes of some pictures match.
    private static async Task<int[]> CountsAsync(TestService service, MatchClient platform, params int[] pictures)
    {
        await Feed.FeedSteps.MergeAsync(service);
        IReadOnlyList<HashMatches> results = await platform.MatchAsync(
            [.. pictures.SelectMany(picture => Views(picture).Select(view => view.Hash))],
            cancellationToken: Cancelled);
        return [.. results.Chunk(ViewsEach).Select(picture => picture.Count(found => found.Matches.Count == 1))];
    }

    private static async Task<List<PictureReceipt>> RegisterAsync(
        TestService service, CaseKey key, params IReadOnlyList<IReadOnlyList<Hashing.Fingerprint>> pictures) =>
        await service.CaseClient
            .RegisterAsync(key, AgeGroup.Adult, pictures, Cancelled)
            .ToListAsync(Cancelled);
}
