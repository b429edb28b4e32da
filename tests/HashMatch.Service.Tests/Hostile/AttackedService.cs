using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using HashMatch.Client;
using HashMatch.Matching;
using HashMatch.Protocol;
using HashMatch.Service.Tests.EndToEnd;

namespace HashMatch.Service.Tests.Hostile;

/// <summary>The service under attack: a process of its own, warm, with short deadlines.</summary>
public sealed partial class AttackedService : IAsyncLifetime
{
    public const string Check = "/grpc.health.v1.Health/Check";
    public const string Watch = "/grpc.health.v1.Health/Watch";
    public const string Register = "/hashmatch.v1.CaseService/Register";
    public const string Match = "/hashmatch.v1.MatchService/Match";
    public const string MatchStream = "/hashmatch.v1.MatchService/MatchStream";

    /// <summary>How many connections the service takes.</summary>
    public const int Connections = 400;

    /// <summary>How many entries are near <see cref="Hash"/>.</summary>
    public const int Entries = 10;

    /// <summary>How many streams one platform may have open.</summary>
    public const int StreamsPerCaller = 100;

    private const long MaxGrowth = 64 * 1024 * 1024;

    private static readonly byte[] OneHash = Message.Of(new MatchStreamRequest
    {
        Request = new MatchRequest { Hashes = { ByteString.CopyFrom(Hash.ToByteArray()) } },
    });

    private readonly string _folder = TestService.NewFolder();
    private RunningService? _running;
    private GrpcChannel? _channel;
    private MatchClient? _client;
    private long _quietMemory;
    private int _collections;
    private int _outputRead;

    public static Hash256 Hash => TestHashes.Make(1);

    /// <summary>A Match request whose answer is as large as any.</summary>
    public static MatchRequest LargeRequest { get; } = new()
    {
        Hashes =
        {
            Enumerable.Repeat(ByteString.CopyFrom(Hash.ToByteArray()), 1_000),
        },
    };

    public Uri Address { get; private set; } = null!;

    /// <summary>The header that a platform's calls carry.</summary>
    public (string Name, string Value) Authorization { get; private set; }

    public GrpcChannel Channel => _channel!;

    public MatchClient Client => _client!;

    public async ValueTask InitializeAsync()
    {
        _running = await RunningService.StartAsync(
            _folder,
            "Development",
            ("DOTNET_STARTUP_HOOKS", typeof(StartupHook).Assembly.Location),
            ("Calls__UnaryDeadline", "00:00:01"),
            ("Calls__BatchDeadline", "00:00:02"),
            ("Calls__StreamIdle", "00:00:01"),
            ("Calls__StreamLife", "00:00:03"),
            ("Calls__Connections", Connections.ToString(CultureInfo.InvariantCulture)));
        Address = new Uri(_running.GrpcAddress);
        Authorization = ("authorization", "Bearer " + _running.DemoKey);
        _channel = GrpcChannel.ForAddress(Address);
        _client = new MatchClient(Address, _running.DemoKey);
        using (var cases = new CaseClient(Address))
        {
            await cases.RegisterAsync(
                CaseKey.Create(), [.. Enumerable.Range(0, Entries).Select(i => TestHashes.At(Hash, 2 * i))]);
        }

        Assert.Equal(Entries, (await _client.MatchesAsync(Hash, Entries)).Count);
        await WarmUpAsync();
        _quietMemory = await MemoryAsync();
    }

    /// <summary>
    /// Holds that the service answers as ever, has every stream's place and its memory back, and has complained of
    /// nothing.
    /// </summary>
    public async Task AssertWellAsync()
    {
        HealthCheckResponse health = await CheckAsync();
        IReadOnlyList<HashMatches> results = await Client.MatchAsync([Hash]);
        int served = await OpenStreamsAsync();
        for (int i = 0; i < 100 && served < StreamsPerCaller; i++)
        {
            await Task.Delay(100);
            served = await OpenStreamsAsync();
        }

        long memory = await MemoryAsync();
        for (int i = 0; i < 100 && memory > _quietMemory + MaxGrowth; i++)
        {
            await Task.Delay(100);
            memory = await MemoryAsync();
        }

        TestContext.Current.SendDiagnosticMessage($"{(memory - _quietMemory) / 1024} KiB more than when quiet");
        string output = _running!.Process.Output;
        string log = output[_outputRead..];
        _outputRead = output.Length;

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, health.Status);
        Assert.Equal(Entries, results[0].Matches.Count);
        Assert.Equal(StreamsPerCaller, served);
        Assert.InRange(memory, 0, _quietMemory + MaxGrowth);
        Assert.DoesNotMatch(Complaint(), log);
        Assert.DoesNotMatch(StackTrace(), log);
        Assert.DoesNotMatch(StackTrace(), _running.Process.Errors);
        Assert.DoesNotContain(StartupHook.Unobserved, _running.Process.Errors);
        Assert.DoesNotContain("Unhandled", log + _running.Process.Errors);
    }

    /// <summary>
    /// The most memory that the process had since <see cref="ForgetPeak"/>, over what it has when quiet, in bytes.
    /// </summary>
    public long PeakGrowth() => ReadStatus("VmHWM") - _quietMemory;

    /// <summary>Lets the peak begin anew (proc(5): clear_refs).</summary>
    public void ForgetPeak() =>
        File.WriteAllText($"/proc/{_running!.Process.Id}/clear_refs", "5");

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        _channel?.Dispose();
        if (_running is not null)
        {
            await _running.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    public async Task<HealthCheckResponse> CheckAsync() =>
        await new Grpc.Health.V1.Health.HealthClient(Channel).CheckAsync(
            new HealthCheckRequest(), deadline: DateTime.UtcNow.AddSeconds(10));

    // As many at once as one platform may have, so that none that has ended can still hold a place.
    private async Task<int> OpenStreamsAsync()
    {
        using RawPeer peer = await RawPeer.GreetAsync(Address);
        for (int i = 0; i < StreamsPerCaller; i++)
        {
            await peer.SendAsync(
                Frame.Call((2 * i) + 1, MatchStream, more: Authorization), Frame.Data((2 * i) + 1, OneHash));
        }

        HashSet<int> served = [];
        HashSet<int> refused = [];
        while (served.Count + refused.Count < StreamsPerCaller)
        {
            Frame frame = await peer.NextAsync() ?? throw new IOException("The service closed an honest connection.");
            if (frame is { Kind: FrameKind.Data, Payload.Length: > 0 })
            {
                served.Add(frame.Stream);
            }
            else if (frame.EndOfStream || frame.Kind == FrameKind.Reset)
            {
                refused.Add(frame.Stream);
            }
        }

        return served.Count;
    }

    // The memory of a process that has served: code is compiled, pools are filled.
    private async Task WarmUpAsync()
    {
        var until = Stopwatch.StartNew();
        while (until.ElapsedMilliseconds < 1_500)
        {
            await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => (Task)CheckAsync()));
            await Client.MatchAsync([Hash]);
        }

        using var peer = await RawPeer.GreetAsync(Address);
        for (int stream = 1; stream < 40; stream += 2)
        {
            Answer answer = await peer.CallAsync(stream, Match, Message.Of(LargeRequest), Authorization);
            Assert.Equal(StatusCode.OK, answer.Status);
        }
    }

    // What is resident after a full collection, in bytes.
    private async Task<long> MemoryAsync()
    {
        _collections++;
        _running!.Process.Signal("USR1");
        string done = $"{StartupHook.Collected}{_collections}.";
        var patience = Stopwatch.StartNew();
        while (!_running.Process.Errors.Contains(done, StringComparison.Ordinal))
        {
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(20), "The process did not collect its garbage.");
            await Task.Delay(5);
        }

        return ReadStatus("VmRSS");
    }

    private long ReadStatus(string name)
    {
        string line = File.ReadLines($"/proc/{_running!.Process.Id}/status")
            .Single(line => line.StartsWith(name + ":", StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split(' ')[^2], CultureInfo.InvariantCulture);
    }

    // What a peer does wrong is nothing that the operator can mend.
    // But that there are too many connections is. Two lines of Kestrel may appear too: its heartbeat was late (22), as
    // on any busy machine, and a connection was collected as garbage (23), which comes of its own refusal of more
    // output than it queues.
    [GeneratedRegex(
        @"^(warn|fail|crit): "
        + @"(?!Microsoft\.AspNetCore\.Server\.Kestrel(\[2[23]\]|\.Connections\[24\])).*\n.*",
        RegexOptions.Multiline)]
    private static partial Regex Complaint();

    [GeneratedRegex(@"^\s+at \S+\(", RegexOptions.Multiline)]
    private static partial Regex StackTrace();
}
