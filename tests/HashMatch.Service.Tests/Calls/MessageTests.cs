using Google.Protobuf;
using Grpc.Core;
using HashMatch.Protocol;

namespace HashMatch.Service.Tests.Calls;

/// <summary>Messages that are too large, compressed, or no messages at all.</summary>
public sealed class MessageTests
{
    // A field with the length 5 and one byte.
    private static readonly byte[] Malformed = [0x0A, 0x05, 0x01];

    [Fact]
    public async Task Unary_MalformedMessage_IsInvalidAndNotLoggedAsAFault()
    {
        using var log = new CapturedLog();
        await using TestService service = await TestService.StartAsync(
            log: log, settings: "--Logging:LogLevel:Grpc.AspNetCore.Server.ServerCallHandler=None");

        RpcException refusal = await service.RefusalOfAsync(RawCalls.Register, Malformed);

        Assert.Equal(StatusCode.InvalidArgument, refusal.StatusCode);
        Assert.Equal("The bytes sent are not a message of this method.", refusal.Status.Detail);
        Assert.DoesNotContain(log.Lines, line => line.StartsWith("Error") || line.StartsWith("Warning"));
        Assert.Contains(log.Lines, line => line.Contains("hashmatch.v1.CaseService", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stream_MalformedMessage_IsInvalid()
    {
        await using TestService service = await TestService.StartAsync();
        var headers = new Metadata { { "authorization", "Bearer " + await service.AddPlatformAsync() } };

        RpcException refusal = await service.RefusalOfAsync(RawCalls.MatchStream, Malformed, headers);

        Assert.Equal(StatusCode.InvalidArgument, refusal.StatusCode);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public async Task Unary_InflatesToTheLimit_IsReadAndNoFurther(string encoding)
    {
        await using TestService service = await TestService.StartAsync();
        var compressed = new Metadata { { "grpc-internal-encoding-request", encoding } };

        RpcException largest = await service.RefusalOfAsync(RawCalls.GetStatus, Sized(64 * 1024), compressed);
        RpcException larger = await service.RefusalOfAsync(RawCalls.GetStatus, Sized(64 * 1024 + 1), compressed);
        RpcException bomb = await service.RefusalOfAsync(RawCalls.GetStatus, Sized(50_000_000), compressed);

        // The key of 16 bytes is not there: the message was read.
        Assert.Equal("The case key must be 16 bytes long.", largest.Status.Detail);
        Assert.Equal(StatusCode.ResourceExhausted, larger.StatusCode);
        Assert.Equal(StatusCode.ResourceExhausted, bomb.StatusCode);
    }

    [Fact]
    public async Task Unary_PlatformMessages_MayBeAMebibyte()
    {
        await using TestService service = await TestService.StartAsync();
        var headers = new Metadata { { "authorization", "Bearer " + await service.AddPlatformAsync() } };

        RpcException largest = await service.RefusalOfAsync(RawCalls.Match, Sized(1024 * 1024), headers);
        RpcException larger = await service.RefusalOfAsync(RawCalls.Match, Sized(1024 * 1024 + 1), headers);

        Assert.Equal(StatusCode.InvalidArgument, largest.StatusCode);
        Assert.Equal(StatusCode.ResourceExhausted, larger.StatusCode);
    }

    // A status request, padded with a field that nobody knows to a number of bytes.
    private static byte[] Sized(int size)
    {
        var padding = new byte[size];
        var output = new CodedOutputStream(padding);
        int lengthSize = CodedOutputStream.ComputeLengthSize(size - 4);
        output.WriteTag(100, WireFormat.WireType.LengthDelimited);
        output.WriteLength(size - 2 - lengthSize);
        output.Flush();
        _ = GetStatusRequest.Parser.ParseFrom(padding);
        return padding;
    }
}
