using Grpc.Core;
using HashMatch.Client;
using HashMatch.Protocol;
using HashMatch.Service.Platforms;

namespace HashMatch.Service.Tests.Outcomes;

/// <summary>A platform that finds entries and says what it did about them.</summary>
public sealed class ReportingPlatform : IDisposable
{
    private ReportingPlatform(TestService service, string key)
    {
        Client = new MatchClient(service.GrpcAddress, key);
        Headers = new Metadata { { "authorization", "Bearer " + key } };
    }

    public MatchClient Client { get; }

    public Metadata Headers { get; }

    public static async Task<ReportingPlatform> ConnectAsync(TestService service) =>
        new(service, await service.AddPlatformAsync(PlatformScopes.Match | PlatformScopes.Feedback));

    /// <summary>Gives the id of the entry of a made-up hash.</summary>
    public async Task<string> FindAsync(int seed) =>
        Assert.Single(await Client.MatchesAsync(TestHashes.Make(seed), 1)).EntryId;

    /// <summary>Reports on the entry of a made-up hash.</summary>
    public async Task SayAsync(int seed, Outcome outcome)
    {
        ReportResult result = await SayAsync(await FindAsync(seed), outcome);
        Assert.Equal(ReportResult.Recorded, result);
    }

    /// <summary>Reports on one entry.</summary>
    public async Task<ReportResult> SayAsync(string entryId, Outcome outcome)
    {
        IReadOnlyList<ReportReceipt> receipts = await Client.ReportAsync(
            [Report(entryId, outcome)], TestContext.Current.CancellationToken);
        return Assert.Single(receipts).Result;
    }

    public static OutcomeReport Report(string entryId, Outcome outcome) =>
        new() { EntryId = entryId, Outcome = outcome };

    public void Dispose() => Client.Dispose();
}
