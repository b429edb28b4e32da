using Grpc.Core;
using HashMatch.Protocol;
using HashMatch.Service.Platforms;
using HashMatch.Service.Storage;
using HashMatch.Service.Tests.Feed;
using HashMatch.Service.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace HashMatch.Service.Tests.Outcomes;

/// <summary>Who may report, on what, and what is refused.</summary>
[Trait("Category", TestDatabase.Category)]
public sealed class OutcomeCallTests
{
    private const string MadeUp = "00112233445566778899aabbccddeeff";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Report_EntriesNotListedForThePlatform_AreAnsweredAlikeAndNotStored()
    {
        await using TestService service = await TestService.StartAsync();
        using ReportingPlatform platform = await ReportingPlatform.ConnectAsync(service);
        using ReportingPlatform other = await ReportingPlatform.ConnectAsync(service);
        await service.RegisterAsync(1);
        CaseKey gone = await service.RegisterAsync(2);
        string listed = await platform.FindAsync(1);
        string withdrawn = await platform.FindAsync(2);
        string others = await other.FindAsync(1);
        await service.CaseClient.WithdrawAsync(gone);

        IReadOnlyList<ReportReceipt> receipts = await platform.Client.ReportAsync(
            [
                .. new[] { withdrawn, others, MadeUp, listed, new string('0', 32) }
                    .Select(id => ReportingPlatform.Report(id, Outcome.Removed)),
            ],
            Token);
        List<ReportedOutcome> rows = await RowsAsync(service);

        const ReportResult NotListed = ReportResult.NotListed;
        Assert.Equal(
            [NotListed, NotListed, NotListed, ReportResult.Recorded, NotListed],
            receipts.Select(receipt => receipt.Result));
        Assert.Equal(
            (await service.ReadAsync(db => db.Entries.SingleAsync())).Id, Assert.Single(rows).EntryId);
    }

    [Fact]
    public async Task Report_IdInCapitals_IsTheSameId()
    {
        await using TestService service = await TestService.StartAsync();
        using ReportingPlatform platform = await ReportingPlatform.ConnectAsync(service);
        await service.RegisterAsync(1);

        string capitals = (await platform.FindAsync(1)).ToUpperInvariant();

        ReportResult result = await platform.SayAsync(capitals, Outcome.Removed);

        Assert.Equal(ReportResult.Recorded, result);
    }

    [Theory]
    [InlineData("")]
    [InlineData("00112233445566778899aabbccddeef")]
    [InlineData("00112233445566778899aabbccddeeff0")]
    [InlineData("00112233445566778899aabbccddeefg")]
    [InlineData("00112233-4455-6677-8899-aabbccddeeff")]
    [InlineData(" 0112233445566778899aabbccddeeff")]
    [InlineData("\u0660\u06600112233445566778899aabbccddee")]
    public async Task Report_MalformedIdAmongOthers_RefusesAllAndRepeatsNothing(string malformed)
    {
        await using TestService service = await TestService.StartAsync();
        using ReportingPlatform platform = await ReportingPlatform.ConnectAsync(service);
        await service.RegisterAsync(1);
        string listed = await platform.FindAsync(1);

        RpcException refusal = await Assert.ThrowsAsync<RpcException>(() => platform.Client.ReportAsync(
            [
                ReportingPlatform.Report(listed, Outcome.Removed),
                ReportingPlatform.Report(malformed, Outcome.Removed),
            ],
            Token));

        Assert.Equal(StatusCode.InvalidArgument, refusal.StatusCode);
        Assert.Equal(
            "An entry's id is 32 hexadecimal digits, as the match answers to this platform spell it.",
            refusal.Status.Detail);
        Assert.Empty(await RowsAsync(service));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public async Task Report_NoKnownOutcome_IsRefused(int outcome)
    {
        await using TestService service = await TestService.StartAsync();
        using ReportingPlatform platform = await ReportingPlatform.ConnectAsync(service);

        RpcException refusal =
            await Assert.ThrowsAsync<RpcException>(() => platform.SayAsync(MadeUp, (Outcome)outcome));

        Assert.Equal(StatusCode.InvalidArgument, refusal.StatusCode);
    }

    [Theory]
    [InlineData(0, StatusCode.InvalidArgument)]
    [InlineData(1, StatusCode.OK)]
    [InlineData(1_000, StatusCode.OK)]
    [InlineData(1_001, StatusCode.InvalidArgument)]
    public async Task Report_NumberOfReports_IsHeldToTheLimits(int count, StatusCode expected)
    {
        await using TestService service = await TestService.StartAsync();
        using ReportingPlatform platform = await ReportingPlatform.ConnectAsync(service);
        var request = new ReportRequest
        {
            Reports =
            {
                Enumerable.Range(0, count).Select(_ => ReportingPlatform.Report(MadeUp, Outcome.Removed)),
            },
        };

        Assert.Equal(expected, await StatusAsync(service, request, platform.Headers));
    }

    [Theory]
    [InlineData(PlatformScopes.Match)]
    [InlineData(PlatformScopes.Distance)]
    [InlineData(PlatformScopes.Mirror)]
    [InlineData(PlatformScopes.Feedback)]
    [InlineData(PlatformScopes.Admin)]
    public async Task EveryMethod_EveryScope_IsServedWithFeedbackAlone(PlatformScopes scope)
    {
        await using TestService service = await TestService.StartAsync();
        string key = await service.AddPlatformAsync(scope);
        var request = new ReportRequest { Reports = { ReportingPlatform.Report(MadeUp, Outcome.Removed) } };

        Assert.Equal(["Report"], OutcomeService.Descriptor.Methods.Select(method => method.Name));
        Assert.Equal(
            scope == PlatformScopes.Feedback ? StatusCode.OK : StatusCode.PermissionDenied,
            await StatusAsync(service, request, new Metadata { { "authorization", "Bearer " + key } }));
        Assert.Equal(StatusCode.Unauthenticated, await StatusAsync(service, request, []));
    }

    [Fact]
    public async Task Report_SameEntryAgain_TheLastStandsAndARetryChangesNothing()
    {
        await using TestService service = await TestService.StartAsync();
        using ReportingPlatform platform = await ReportingPlatform.ConnectAsync(service);
        using ReportingPlatform other = await ReportingPlatform.ConnectAsync(service);
        await service.RegisterAsync(1, 2);
        OutcomeReport[] reports =
        [
            ReportingPlatform.Report(await platform.FindAsync(1), Outcome.Removed),
            ReportingPlatform.Report(await platform.FindAsync(2), Outcome.Removed),
            ReportingPlatform.Report(await platform.FindAsync(1), Outcome.UnderReview),
        ];
        await other.SayAsync(1, Outcome.Removed);

        IReadOnlyList<ReportReceipt> receipts = await platform.Client.ReportAsync(reports, Token);
        string[] once = [.. (await RowsAsync(service)).Select(Text)];
        IReadOnlyList<ReportReceipt> again = await platform.Client.ReportAsync(reports, Token);
        string[] twice = [.. (await RowsAsync(service)).Select(Text)];

        Assert.All(receipts.Concat(again), receipt => Assert.Equal(ReportResult.Recorded, receipt.Result));
        Assert.Equal(once, twice);
        Assert.Equal(3, once.Length);
        Assert.Equal(1, once.Count(row => row.Contains("UnderReview", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task ReportAsync_MoreThanARequestHolds_AnswersEachInOrder()
    {
        await using TestService service = await TestService.StartAsync();
        using ReportingPlatform platform = await ReportingPlatform.ConnectAsync(service);
        await service.RegisterAsync(1, 2);
        string[] ids = [await platform.FindAsync(1), .. Enumerable.Repeat(MadeUp, 1_999), await platform.FindAsync(2)];

        IReadOnlyList<ReportReceipt> receipts = await platform.Client.ReportAsync(
            [.. ids.Select(id => ReportingPlatform.Report(id, Outcome.Removed))], Token);

        Assert.Equal(
            ids.Select(id => id == MadeUp ? ReportResult.NotListed : ReportResult.Recorded),
            receipts.Select(receipt => receipt.Result));
    }

    // The database as version 3 left it: all but the table of outcomes.
    [Fact]
    public async Task Start_OnADatabaseOfVersion3_KeepsItsCasesAndTakesReports()
    {
        string folder = TestService.NewFolder();
        CaseKey key;
        await using (TestService before = await TestService.StartAsync(folder))
        {
            key = await before.RegisterAsync(1, 2);
            await before.PublishAsync();
            await before.AlterAsync("DROP TABLE outcomes; DELETE FROM schema_versions WHERE version = 4");
        }

        await using (TestService service = await TestService.StartAsync(folder))
        {
            using ReportingPlatform platform = await ReportingPlatform.ConnectAsync(service);
            await platform.SayAsync(1, Outcome.Removed);
            GetStatusResponse status = await service.CaseClient.GetStatusAsync(key, Token);

            Assert.Equal(2, status.Pictures.Count);
            Assert.Single(await RowsAsync(service));
        }

        Directory.Delete(folder, recursive: true);
    }

    private static Task<List<ReportedOutcome>> RowsAsync(TestService service) => service.ReadAsync(
        db => db.Outcomes.AsNoTracking().OrderBy(row => row.EntryId).ThenBy(row => row.PlatformId).ToListAsync());

    private static string Text(ReportedOutcome row) =>
        $"{row.EntryId} {row.PlatformId} {row.Outcome} {row.Day:O} {row.SettledOutcome} {row.SettledDay:O}";

    private static async Task<StatusCode> StatusAsync(TestService service, ReportRequest request, Metadata headers)
    {
        try
        {
            await service.Outcomes.ReportAsync(request, headers, cancellationToken: Token);
            return StatusCode.OK;
        }
        catch (RpcException refusal)
        {
            return refusal.StatusCode;
        }
    }
}
