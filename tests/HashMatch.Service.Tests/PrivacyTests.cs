using Google.Protobuf;
using Grpc.Core;
using HashMatch.Matching;
using HashMatch.Protocol;
using HashMatch.Service.Platforms;
using HashMatch.Service.Storage;
using HashMatch.Service.Tests.Feed;
using HashMatch.Service.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HashMatch.Service.Tests;

/// <summary>
/// Threat T1: no log line, status text or trailer shows a hash, a key or an address, whatever goes wrong.
/// </summary>
[Trait("Category", TestDatabase.Category)]
public sealed class PrivacyTests
{
    [Fact]
    public async Task EveryPath_LoggedAtTrace_ShowsNoHashNoKeyNoAddress()
    {
        using var log = new CapturedLog();
        await using TestService service = await TestService.StartAsync(log: log);
        var key = CaseKey.Create();
        Hash256 hash = TestHashes.Make(1);
        string apiKey = await service.AddPlatformAsync(PlatformScopes.Match | PlatformScopes.Feedback);
        var headers = new Metadata { { "authorization", "Bearer " + apiKey } };
        var wrong = new Metadata { { "authorization", "Bearer " + apiKey[..^1] + "x" } };
        var bytes = ByteString.CopyFrom(hash.ToByteArray());
        var keyBytes = ByteString.CopyFrom(key.ToByteArray());

        // A caller from an address that nothing else on the machine has.
        using var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (context, token) =>
            {
                var socket = new System.Net.Sockets.Socket(
                    System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
                socket.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Parse("127.93.71.5"), 0));
                await socket.ConnectAsync(context.DnsEndPoint, token);
                return new System.Net.Sockets.NetworkStream(socket, ownsSocket: true);
            },
        };
        using var channel = Grpc.Net.Client.GrpcChannel.ForAddress(
            service.GrpcAddress, new Grpc.Net.Client.GrpcChannelOptions { HttpHandler = handler });
        var cases = new CaseService.CaseServiceClient(channel);
        var matches = new MatchService.MatchServiceClient(channel);
        var outcomes = new OutcomeService.OutcomeServiceClient(channel);
        var register = new RegisterRequest
        {
            CaseKey = keyBytes,
            AgeGroup = AgeGroup.Adult,
            Pictures =
            {
                new Picture { Fingerprints = { new Protocol.Fingerprint { Pdq = bytes, Quality = 100 } } },
            },
        };

        List<string> texts = [];
        await cases.RegisterAsync(register);
        await cases.RegisterAsync(register);
        await cases.GetStatusAsync(new GetStatusRequest { CaseKey = keyBytes });
        await matches.MatchAsync(new MatchRequest { Hashes = { bytes } }, headers);
        await service.MergeAsync();
        MatchResponse found = await matches.MatchAsync(new MatchRequest { Hashes = { bytes } }, headers);
        string entryId = found.Results[0].Matches[0].EntryId;
        var report = new OutcomeReport { EntryId = entryId, Outcome = Outcome.Removed };
        await outcomes.ReportAsync(new ReportRequest { Reports = { report } }, headers);
        await RefusedAsync(
            async () => await outcomes.ReportAsync(new ReportRequest { Reports = { report } }, wrong));
        await RefusedAsync(async () => await outcomes.ReportAsync(
            new ReportRequest
            {
                Reports =
                {
                    report,
                    new OutcomeReport { EntryId = entryId + "x", Outcome = Outcome.Removed },
                    new OutcomeReport { EntryId = hash.ToHex(), Outcome = Outcome.Removed },
                },
            },
            headers));
        await RefusedAsync(async () => await matches.MatchAsync(new MatchRequest { Hashes = { bytes } }, wrong));
        await RefusedAsync(
            async () => await matches.MatchAsync(new MatchRequest { Hashes = { bytes }, MaxDistance = 99 }, headers));
        await RefusedAsync(async () => await matches.MatchAsync(
            new MatchRequest { Hashes = { bytes, ByteString.CopyFrom([.. hash.ToByteArray(), 0]) } }, headers));
        await RefusedAsync(async () => await cases.RegisterAsync(register, headers));
        await RefusedAsync(async () => await cases.RegisterAsync(
            new RegisterRequest
            {
                CaseKey = ByteString.CopyFrom([.. key.ToByteArray(), 1]),
                Pictures = { register.Pictures },
            }));
        await RefusedAsync(
            async () => await cases.WithdrawAsync(new WithdrawRequest { CaseKey = keyBytes, PictureNumber = 9 }));
        await cases.WithdrawAsync(new WithdrawRequest { CaseKey = keyBytes, WholeCase = true });
        await RefusedAsync(async () => await cases.RegisterAsync(register));

        // Storage that fails in the middle of a call: the database's own words are logged by others than us.
        await using (HashMatchDb db = await service.Services
            .GetRequiredService<IDbContextFactory<HashMatchDb>>().CreateDbContextAsync())
        {
            await db.Database.ExecuteSqlRawAsync("ALTER TABLE cases RENAME TO elsewhere");
        }

        register.CaseKey = ByteString.CopyFrom(CaseKey.Create().ToByteArray());
        await RefusedAsync(async () => await cases.RegisterAsync(register));

        string everything = string.Join('\n', [.. log.Lines, .. texts]);
        if (TestDatabase.IsPostgres)
        {
            everything += await (await PostgresServer.Shared).ReadLogAsync();
        }

        Assert.Contains("hashmatch.v1.CaseService", everything, StringComparison.Ordinal);
        Assert.Contains(
            TestDatabase.IsPostgres ? "relation \"cases\" does not exist" : "no such table",
            everything,
            StringComparison.Ordinal);
        string[] secrets =
        [
            hash.ToHex(),
            Convert.ToBase64String(hash.ToByteArray()),
            key.ToText(),
            key.ToText().Replace("-", "", StringComparison.Ordinal),
            Convert.ToHexString(key.ToByteArray()),
            Convert.ToBase64String(key.ToByteArray()),
            Convert.ToHexString(key.Digest()),
            entryId,
            apiKey,
            apiKey[^32..],
            "127.93.71.5",
        ];
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, everything, StringComparison.OrdinalIgnoreCase));

        async Task RefusedAsync(Func<Task> call)
        {
            RpcException refusal = await Assert.ThrowsAsync<RpcException>(call);
            texts.Add(refusal.Status.Detail);
            texts.AddRange(refusal.Trailers.Select(entry => entry.IsBinary ? "" : entry.Value));
        }
    }
}
