using System.Diagnostics;
using Google.Protobuf;
using Grpc.Core;
using HashMatch.Matching;
using HashMatch.Protocol;
using HashMatch.Service.Cases;
using HashMatch.Service.Tests.Feed;
using HashMatch.Service.Tests.Hostile;
using Microsoft.Extensions.DependencyInjection;

namespace HashMatch.Service.Tests.Registry;

/// <summary>Nobody learns by registering a hash whether another case holds it already.</summary>
public sealed class EqualAnswerTests
{
    // The measure that is usual for leaks by time: what chance gives once in some hundred thousand trials. A machine
    // that does other things beside gives more, and the short form is for what is plain.
    private static readonly double Threshold = HostilePeers.IsLong ? 4.5 : 7;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Register_HashOfAnotherCase_AnswersTheSameBytes()
    {
        await using TestService service = await TestService.StartAsync();
        await service.RegisterAsync(1, 2);

        string[] answers =
        [
            await AnswerAsync(service, 1, 2),
            await AnswerAsync(service, 3, 4),
            await AnswerAsync(service, 2, 5),
            await AnswerAsync(service, 6, 1),
        ];

        Assert.Single(answers.Distinct());
    }

    [Fact]
    public async Task Register_HashOfAnotherCase_TakesTheSameTime()
    {
        int rounds = HostilePeers.IsLong ? 20_000 : 4_000;
        await using TestService service = await TestService.StartAsync();
        CaseRegistry registry = service.Services.GetRequiredService<CaseRegistry>();
        Hash256[] hashes = [.. Enumerable.Range(0, 3 * rounds).Select(TestHashes.Make)];
        await service.Services.GetRequiredService<BulkRegistration>()
            .AddAsync(CaseKey.Create(), [.. hashes[..rounds]], Token);
        await service.MergeAsync();
        var random = new Random(9);
        List<double>[] own = [[], []];
        List<double>[] next = [[], []];

        for (int round = -rounds / 10; round < rounds; round++)
        {
            int isKnown = random.Next(2);
            int known = random.Next(rounds);
            double first = await TimeAsync(registry, hashes[isKnown == 1 ? known : rounds + Math.Abs(round)]);
            double second = await TimeAsync(registry, hashes[(2 * rounds) + Math.Abs(round)]);
            await service.MergeAsync();
            if (round >= 0)
            {
                own[isKnown].Add(first);
                next[isKnown].Add(second);
            }
        }

        double itself = Welch(own);
        double following = Welch(next);
        TestContext.Current.SendDiagnosticMessage(
            $"{rounds} timings: t = {itself:F2}, of the registration after it {following:F2}; "
            + $"{own[0].Average():F4} {own[1].Average():F4}, {next[0].Average():F4} {next[1].Average():F4} ms");
        Assert.InRange(itself, -Threshold, Threshold);
        Assert.InRange(following, -Threshold, Threshold);
    }

    // What a caller can read in an answer, but for the time.
    private static async Task<string> AnswerAsync(TestService service, params int[] seeds)
    {
        using AsyncUnaryCall<RegisterResponse> call = service.Cases.RegisterAsync(
            new RegisterRequest
            {
                CaseKey = ByteString.CopyFrom(CaseKey.Create().ToByteArray()),
                AgeGroup = AgeGroup.Adult,
                Pictures =
                {
                    seeds.Select(seed => new Picture
                    {
                        Fingerprints =
                        {
                            new Fingerprint
                            {
                                Pdq = ByteString.CopyFrom(TestHashes.Make(seed).ToByteArray()),
                                Quality = 100,
                            },
                        },
                    }),
                },
            },
            cancellationToken: Token);
        RegisterResponse response = await call;
        IEnumerable<string> metadata = (await call.ResponseHeadersAsync)
            .Where(entry => entry.Key != "date")
            .Concat(call.GetTrailers())
            .Select(entry => $"{entry.Key}: {entry.Value}");
        return string.Join('\n', metadata.Append(Convert.ToHexString(response.ToByteArray())));
    }

    private static async Task<double> TimeAsync(CaseRegistry registry, Hash256 hash)
    {
        var key = CaseKey.Create();
        CasePicture[] pictures = [new CasePicture([hash], default)];
        long start = Stopwatch.GetTimestamp();
        await registry.RegisterAsync(key, AgeGroup.Adult, pictures, Token);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    // Of what lies between the same bounds in both: the rest is collections of garbage and other programs.
    private static double Welch(List<double>[] samples)
    {
        double[] all = [.. samples.SelectMany(sample => sample).Order()];
        double low = all[all.Length / 20];
        double high = all[^(all.Length / 20)];
        (double mean, double error)[] sides = [.. samples.Select(sample =>
        {
            double[] kept = [.. sample.Where(time => time >= low && time <= high)];
            double mean = kept.Average();
            return (mean, kept.Sum(time => (time - mean) * (time - mean)) / (kept.Length - 1) / kept.Length);
        })];
        return (sides[1].mean - sides[0].mean) / Math.Sqrt(sides[0].error + sides[1].error);
    }
}
