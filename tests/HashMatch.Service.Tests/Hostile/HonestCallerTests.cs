using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace HashMatch.Service.Tests.Hostile;

[Collection(HostilePeers.Name)]
public sealed class HonestCallerTests(AttackedService service)
{
    // Few short rounds on a busy machine say less.
    private static readonly double MaxRatio = HostilePeers.IsLong ? 3 : 10;

    private static readonly int Rounds = HostilePeers.IsLong ? 31 : 7;
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(HostilePeers.IsLong ? 5_000 : 600);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(5);

    /// <summary>
    /// An honest platform asks 200 times a second for health and for a match. Its 99th percentile is taken while 1,000
    /// calls a second are begun and reset, 100 bombs and 200 senseless messages a second are sent, and 5,000 pings:
    /// once all that goes to a sink, and once to the service, in turn. Attackers, honest caller and service share one
    /// machine; so the ratio of the two shows what the attack does to the service, not what it costs to make it.
    /// </summary>
    [Fact]
    public async Task Calls_BesideAnAttack_KeepTheirPace()
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using TcpListener sink = Attack.OpenSink(end.Token);
        var sinkAddress = new Uri($"http://127.0.0.1:{((IPEndPoint)sink.LocalEndpoint).Port}");
        var attack = new Attack(service);
        await MeasureAsync(attack, sinkAddress);
        List<double> ratios = [];

        for (int i = 0; i < Rounds; i++)
        {
            (double quiet, _) = await MeasureAsync(attack, sinkAddress);
            (double attacked, int streams) = await MeasureAsync(attack, service.Address);
            TestContext.Current.SendDiagnosticMessage($"p99 {quiet:F2} ms, beside {streams} streams {attacked:F2} ms");
            ratios.Add(attacked / quiet);
        }

        await end.CancelAsync();
        ratios.Sort();
        Assert.InRange(ratios[Rounds / 2], 0, MaxRatio);
        await service.AssertWellAsync();
    }

    private async Task<(double P99, int Streams)> MeasureAsync(Attack attack, Uri target)
    {
        using var end = new CancellationTokenSource();
        Task<int> attacking = attack.RunAsync(target, end.Token);

        // Not the first moments, in which connections are made.
        await Task.Delay(100);
        List<Task<double>> calls = [];
        using (var clock = new PeriodicTimer(Pace))
        {
            for (var time = Stopwatch.StartNew(); time.Elapsed < Window;)
            {
                calls.Add(TimeAsync(service.CheckAsync));
                calls.Add(TimeAsync(() => service.Client.MatchAsync([AttackedService.Hash])));
                await clock.WaitForNextTickAsync();
            }
        }

        double[] times = await Task.WhenAll(calls);
        await end.CancelAsync();
        int streams = await attacking;
        Array.Sort(times);
        return (times[(int)(times.Length * 0.99)], streams);
    }

    private static async Task<double> TimeAsync(Func<Task> call)
    {
        long start = Stopwatch.GetTimestamp();
        await call();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
