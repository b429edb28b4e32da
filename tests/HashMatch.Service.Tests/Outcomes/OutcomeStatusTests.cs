using Google.Protobuf;
using HashMatch.Protocol;
using HashMatch.Service.Tests.Feed;
using HashMatch.Service.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace HashMatch.Service.Tests.Outcomes;

/// <summary>What people are told, and when, of what platforms report.</summary>
[Trait("Category", TestDatabase.Category)]
public sealed class OutcomeStatusTests : IAsyncLifetime
{
    private static readonly ToldOutcomes Nothing = new(0, 0, 0);

    // A Monday.
    private readonly MovedClock _clock = new(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));
    private TestService _service = null!;

    public async ValueTask InitializeAsync() => _service = await TestService.StartAtAsync(_clock, FeedSteps.ByHand);

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task Report_InTheMiddleOfAWeek_IsToldFromTheMondayOn()
    {
        using ReportingPlatform platform = await ReportingPlatform.ConnectAsync(_service);
        CaseKey key = await _service.RegisterAsync(1, 2);
        On(4);
        await platform.SayAsync(1, Outcome.Removed);

        ToldOutcomes sameDay = await ToldOutcomes.OfAsync(_service, key);
        On(8, hour: 23);
        ToldOutcomes sunday = await ToldOutcomes.OfAsync(_service, key);
        On(9, hour: 0);
        ToldOutcomes monday = await ToldOutcomes.OfAsync(_service, key);
        ToldOutcomes other = await ToldOutcomes.OfAsync(_service, key, picture: 2);
        On(31);
        ToldOutcomes later = await ToldOutcomes.OfAsync(_service, key);

        Assert.Equal((Nothing, Nothing, Nothing), (sameDay, sunday, other));
        Assert.Equal((new ToldOutcomes(1, 0, 0), new ToldOutcomes(1, 0, 0)), (monday, later));
    }

    [Fact]
    public async Task Report_OnTheDayOfTheRegistration_IsNotTold()
    {
        using ReportingPlatform platform = await ReportingPlatform.ConnectAsync(_service);
        CaseKey key = await _service.RegisterAsync(1);
        await platform.SayAsync(1, Outcome.Removed);

        On(9);
        ToldOutcomes first = await ToldOutcomes.OfAsync(_service, key);
        await platform.SayAsync(1, Outcome.Removed);
        ToldOutcomes second = await ToldOutcomes.OfAsync(_service, key);
        On(16);
        ToldOutcomes third = await ToldOutcomes.OfAsync(_service, key);
        await platform.SayAsync(1, Outcome.UnderReview);
        On(23);
        ToldOutcomes other = await ToldOutcomes.OfAsync(_service, key);

        // To say the same again is nothing new, whatever the day: a platform may do so every night.
        Assert.Equal((Nothing, Nothing, Nothing), (first, second, third));
        Assert.Equal(new ToldOutcomes(0, 1, 0), other);
    }

    // Whoever registers a hash to learn whether it is known sees what they would see of one that nobody has.
    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(9)]
    public async Task GetStatus_HashThatOthersHadReportedOn_IsByteForByteAsOfANewOne(int registered)
    {
        using ReportingPlatform platform = await ReportingPlatform.ConnectAsync(_service);
        CaseKey first = await _service.RegisterAsync(1);
        On(3);
        await platform.SayAsync(1, Outcome.Removed);
        On(4);
        await platform.SayAsync(1, Outcome.UnderReview);

        On(registered);
        CaseKey known = await _service.RegisterAsync(1);
        CaseKey unknown = await _service.RegisterAsync(100 + registered);
        await _service.PublishAsync();
        foreach (int day in (int[])[registered, 9, 10, 15, 16, 31])
        {
            On(day);
            Assert.Equal(await StatusAsync(unknown), await StatusAsync(known));
        }

        // Nor may the platform's next word bring the earlier one to light: one from this week on the old one is kept.
        await platform.SayAsync(1, Outcome.Removed);
        Assert.Equal(await StatusAsync(unknown), await StatusAsync(known));
        Assert.Equal(new ToldOutcomes(0, 1, 0), await ToldOutcomes.OfAsync(_service, first));
        On(31 + 6);
        Assert.Equal(new ToldOutcomes(1, 0, 0), await ToldOutcomes.OfAsync(_service, known));
    }

    [Fact]
    public async Task Report_ReplacedWithinTheWeek_LeavesNoTrace()
    {
        using ReportingPlatform platform = await ReportingPlatform.ConnectAsync(_service);
        CaseKey key = await _service.RegisterAsync(1);
        On(3);
        await platform.SayAsync(1, Outcome.Removed);
        On(5);
        await platform.SayAsync(1, Outcome.UnderReview);
        await platform.SayAsync(1, Outcome.NotViolating);

        On(9);

        Assert.Equal(new ToldOutcomes(0, 0, 1), await ToldOutcomes.OfAsync(_service, key));
    }

    [Fact]
    public async Task Report_ReplacedInALaterWeek_IsToldUntilThatWeekIsOver()
    {
        using ReportingPlatform platform = await ReportingPlatform.ConnectAsync(_service);
        CaseKey key = await _service.RegisterAsync(1);
        On(4);
        await platform.SayAsync(1, Outcome.Removed);

        On(10);
        await platform.SayAsync(1, Outcome.UnderReview);
        ToldOutcomes once = await ToldOutcomes.OfAsync(_service, key);
        On(12);
        await platform.SayAsync(1, Outcome.NotViolating);
        ToldOutcomes twice = await ToldOutcomes.OfAsync(_service, key);
        On(16);
        ToldOutcomes after = await ToldOutcomes.OfAsync(_service, key);

        Assert.Equal((new ToldOutcomes(1, 0, 0), new ToldOutcomes(1, 0, 0)), (once, twice));
        Assert.Equal(new ToldOutcomes(0, 0, 1), after);
    }

    // A clock that was wrong for a while must not have this week's word told this week.
    [Fact]
    public async Task Report_ByAClockThatWasAhead_IsNotToldEarly()
    {
        using ReportingPlatform platform = await ReportingPlatform.ConnectAsync(_service);
        CaseKey key = await _service.RegisterAsync(1);
        On(4);
        await platform.SayAsync(1, Outcome.Removed);
        On(20);
        await platform.SayAsync(1, Outcome.Removed);

        On(4);
        ToldOutcomes sameWeek = await ToldOutcomes.OfAsync(_service, key);
        On(9);
        ToldOutcomes monday = await ToldOutcomes.OfAsync(_service, key);

        Assert.Equal((Nothing, new ToldOutcomes(1, 0, 0)), (sameWeek, monday));
    }

    [Fact]
    public async Task GetStatus_SeveralPlatformsAndViews_CountsEachPlatformOnceForEachOutcome()
    {
        using ReportingPlatform one = await ReportingPlatform.ConnectAsync(_service);
        using ReportingPlatform two = await ReportingPlatform.ConnectAsync(_service);
        var key = CaseKey.Create();
        await _service.CaseClient
            .RegisterAsync(key, AgeGroup.Adult, [[View(1), View(2), View(3)], [View(4)]])
            .ToListAsync(TestContext.Current.CancellationToken);
        On(3);
        await one.SayAsync(1, Outcome.Removed);
        await one.SayAsync(2, Outcome.Removed);
        await two.SayAsync(2, Outcome.Removed);
        await two.SayAsync(3, Outcome.UnderReview);
        await two.SayAsync(4, Outcome.NotViolating);

        On(9);

        Assert.Equal(new ToldOutcomes(2, 1, 0), await ToldOutcomes.OfAsync(_service, key));
        Assert.Equal(new ToldOutcomes(0, 0, 1), await ToldOutcomes.OfAsync(_service, key, picture: 2));
    }

    // A view that was added later may be known from before: what counts is the day of each.
    [Fact]
    public async Task GetStatus_ViewAddedAfterTheReport_IsNotCounted()
    {
        using ReportingPlatform platform = await ReportingPlatform.ConnectAsync(_service);
        await _service.RegisterAsync(2);
        CaseKey key = await _service.RegisterAsync(1);
        On(3);
        await platform.SayAsync(2, Outcome.Removed);
        On(4);
        await _service.CaseClient
            .AddAsync(key, [[View(1), View(2)]])
            .ToListAsync(TestContext.Current.CancellationToken);

        On(9);

        Assert.Equal(Nothing, await ToldOutcomes.OfAsync(_service, key));
    }

    [Fact]
    public async Task Withdraw_OneOfTwoHolders_LeavesTheOthersAndTheLastErasesAll()
    {
        using ReportingPlatform platform = await ReportingPlatform.ConnectAsync(_service);
        CaseKey one = await _service.RegisterAsync(1);
        CaseKey two = await _service.RegisterAsync(1);
        On(3);
        await platform.SayAsync(1, Outcome.Removed);
        On(9);

        await _service.CaseClient.WithdrawAsync(one);
        int kept = await _service.ReadAsync(db => db.Outcomes.CountAsync());
        ToldOutcomes told = await ToldOutcomes.OfAsync(_service, two);
        GetStatusResponse withdrawn = await _service.CaseClient.GetStatusAsync(one);
        await _service.CaseClient.WithdrawAsync(two);
        int left = await _service.ReadAsync(db => db.Outcomes.CountAsync());
        CaseKey again = await _service.RegisterAsync(1);
        On(16);

        Assert.Equal((1, 0), (kept, left));
        Assert.Equal(new ToldOutcomes(1, 0, 0), told);
        Assert.Empty(withdrawn.Pictures);
        Assert.Equal(Nothing, await ToldOutcomes.OfAsync(_service, again));
    }

    private static Hashing.Fingerprint View(int seed) => new(TestHashes.Make(seed), 100);

    // Days of March 2026; those after the 31st are April's.
    private void On(int day, int hour = 12) =>
        _clock.Now = new DateTimeOffset(2026, 3, 1, hour, 0, 0, TimeSpan.Zero).AddDays(day - 1);

    private async Task<string> StatusAsync(CaseKey key) =>
        Convert.ToHexString((await _service.CaseClient.GetStatusAsync(key)).ToByteArray());
}
