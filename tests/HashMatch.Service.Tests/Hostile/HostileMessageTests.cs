using Grpc.Core;
using Grpc.Health.V1;

namespace HashMatch.Service.Tests.Hostile;

[Collection(HostilePeers.Name)]
public sealed class HostileMessageTests(AttackedService service)
{
    private const int Small = 64 * 1024;
    private const int Large = 1024 * 1024;

    private static readonly byte[] Honest = Message.Of(new HealthCheckRequest());

    public static TheoryData<string, string, string, StatusCode> Bodies => new()
    {
        { "the greatest length", AttackedService.Check, "", StatusCode.OK },
        { "a byte too long", AttackedService.Check, "", StatusCode.ResourceExhausted },
        { "a byte too long by its prefix alone", AttackedService.Check, "", StatusCode.ResourceExhausted },
        { "2 GiB by its prefix alone", AttackedService.Check, "", StatusCode.ResourceExhausted },
        { "2 GiB by its prefix alone", AttackedService.MatchStream, "", StatusCode.ResourceExhausted },
        { "4 GiB by its prefix alone", AttackedService.Check, "", StatusCode.InvalidArgument },
        { "4 GiB by its prefix alone", AttackedService.MatchStream, "", StatusCode.InvalidArgument },
        { "the greatest length of a platform", AttackedService.Match, "", StatusCode.InvalidArgument },
        { "a byte too long for a platform", AttackedService.Match, "", StatusCode.ResourceExhausted },
        { "a byte too long for a platform", AttackedService.MatchStream, "", StatusCode.ResourceExhausted },
        { "zipped from the greatest length", AttackedService.Check, "gzip", StatusCode.OK },
        { "zipped from a byte too long", AttackedService.Check, "gzip", StatusCode.ResourceExhausted },
        { "a bomb of 60 MB", AttackedService.Check, "gzip", StatusCode.ResourceExhausted },
        { "a bomb of 1 GB", AttackedService.Match, "gzip", StatusCode.ResourceExhausted },
        { "a bomb of 1 GB", AttackedService.MatchStream, "gzip", StatusCode.ResourceExhausted },
        { "a bomb of many members", AttackedService.Check, "gzip", StatusCode.ResourceExhausted },
        { "a bomb in a bomb", AttackedService.Check, "gzip", StatusCode.InvalidArgument },
        { "no gzip", AttackedService.Check, "gzip", StatusCode.InvalidArgument },
        { "gzip that breaks off", AttackedService.Check, "gzip", StatusCode.InvalidArgument },
        { "1 byte of a prefix", AttackedService.Check, "", StatusCode.InvalidArgument },
        { "4 bytes of a prefix", AttackedService.Check, "", StatusCode.InvalidArgument },
        { "4 bytes of a prefix", AttackedService.MatchStream, "", StatusCode.InvalidArgument },
        { "shorter than its prefix", AttackedService.Check, "", StatusCode.InvalidArgument },
        { "shorter than its prefix", AttackedService.MatchStream, "", StatusCode.InvalidArgument },
        { "longer than its prefix", AttackedService.Check, "", StatusCode.InvalidArgument },
        { "flag 2", AttackedService.Check, "", StatusCode.InvalidArgument },
        { "flag 255", AttackedService.MatchStream, "", StatusCode.InvalidArgument },
        { "zipped from the greatest length", AttackedService.Check, "", StatusCode.InvalidArgument },
        { "zipped from the greatest length", AttackedService.Check, "identity", StatusCode.InvalidArgument },
        { "zipped from the greatest length", AttackedService.Check, "unheard-of", StatusCode.Unimplemented },
        { "two messages", AttackedService.Check, "", StatusCode.InvalidArgument },
        { "no message", AttackedService.Check, "", StatusCode.InvalidArgument },
        { "no message", AttackedService.MatchStream, "", StatusCode.OK },
        { "bytes that are no protobuf", AttackedService.Check, "", StatusCode.InvalidArgument },
        { "bytes that are no protobuf", AttackedService.Register, "", StatusCode.InvalidArgument },
        { "bytes that are no protobuf", AttackedService.MatchStream, "", StatusCode.InvalidArgument },
        { "30,000 groups within each other", AttackedService.Check, "", StatusCode.InvalidArgument },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Call_BodyOf_GivesStatusAndNoHarm(string body, string path, string encoding, StatusCode expected)
    {
        using RawPeer peer = await RawPeer.GreetAsync(service.Address);
        List<(string Name, string Value)> headers = [];
        if (path.Contains("MatchService", StringComparison.Ordinal))
        {
            headers.Add(service.Authorization);
        }

        if (encoding != "")
        {
            headers.Add(("grpc-encoding", encoding));
        }

        service.ForgetPeak();
        Answer refused = await peer.CallAsync(1, path, Body(body), [.. headers]);
        Answer honest = await peer.CallAsync(3, AttackedService.Check, Honest);

        Assert.Equal(expected, refused.Status);
        Assert.Null(refused.Pushback);
        Assert.Equal(StatusCode.OK, honest.Status);
        Assert.InRange(service.PeakGrowth(), long.MinValue, 64 * 1024 * 1024);
        await service.AssertWellAsync();
    }

    private static byte[] Body(string name) => name switch
    {
        "the greatest length" => Message.Of(Message.Padding(Small)),
        "a byte too long" => Message.Of(Message.Padding(Small + 1)),
        "a byte too long by its prefix alone" => Message.Of([], length: Small + 1),
        "2 GiB by its prefix alone" => Message.Of([], length: int.MaxValue),
        "4 GiB by its prefix alone" => Message.Of([], length: uint.MaxValue),
        "the greatest length of a platform" => Message.Of(Message.Padding(Large)),
        "a byte too long for a platform" => Message.Of(Message.Padding(Large + 1)),
        "zipped from the greatest length" => Message.Of(Message.Zip(Message.Padding(Small)), flag: 1),
        "zipped from a byte too long" => Message.Of(Message.Zip(Message.Padding(Small + 1)), flag: 1),
        "a bomb of 60 MB" => Message.Of(Message.Bomb(60_000_000), flag: 1),
        "a bomb of 1 GB" => Message.Of(Message.Bomb(1_000_000_000), flag: 1),
        "a bomb of many members" => Message.Of(
            [.. Enumerable.Repeat(Message.Bomb(60_000), 600).SelectMany(member => member)], flag: 1),
        "a bomb in a bomb" => Message.Of(Message.Zip(Message.Bomb(60_000_000)), flag: 1),
        "no gzip" => Message.Of("gzip"u8.ToArray(), flag: 1),
        "gzip that breaks off" => Message.Of(Message.Zip(Message.Padding(Small))[..^20], flag: 1),
        "1 byte of a prefix" => Honest[..1],
        "4 bytes of a prefix" => Honest[..4],
        "shorter than its prefix" => Message.Of(Message.Padding(99), length: 100),
        "longer than its prefix" => Message.Of(Message.Padding(100), length: 0),
        "flag 2" => Message.Of([], flag: 2),
        "flag 255" => Message.Of([], flag: 255),
        "two messages" => [.. Honest, .. Honest],
        "no message" => [],
        "bytes that are no protobuf" => Message.Of([255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255]),
        "30,000 groups within each other" => Message.Of(Enumerable.Repeat((byte)0x9b, 60_000)
            .Select((tag, i) => i % 2 == 0 ? tag : (byte)1)
            .ToArray()),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };
}
