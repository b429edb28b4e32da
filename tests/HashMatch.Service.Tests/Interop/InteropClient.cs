using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Testing;

namespace HashMatch.Service.Tests.Interop;

/// <summary>The cases as the official client on the stand-ins runs them. A case that fails throws.</summary>
internal sealed class InteropClient : IDisposable
{
    private const string TestStatus = "test status message";

    private const string SpecialStatus =
        "\t\ntest with whitespace\r\nand Unicode BMP \u263A and non-BMP \U0001F608\t\n";

    private readonly CountingGzip _gzip = new();
    private readonly GrpcChannel _channel;
    private readonly Grpc.Testing.TestService.TestServiceClient _client;

    public InteropClient(Uri server)
    {
        _channel = GrpcChannel.ForAddress(server, new GrpcChannelOptions { CompressionProviders = [_gzip] });
        _client = new Grpc.Testing.TestService.TestServiceClient(_channel);
    }

    public Task RunAsync(string name) => name switch
    {
        "empty_unary" => EmptyUnaryAsync(),
        "large_unary" => LargeUnaryAsync(),
        "client_streaming" => ClientStreamingAsync(),
        "server_streaming" => ServerStreamingAsync(),
        "ping_pong" => PingPongAsync(),
        "empty_stream" => EmptyStreamAsync(),
        "custom_metadata" => CustomMetadataAsync(),
        "status_code_and_message" => StatusAsync(),
        "special_status_message" => SpecialStatusAsync(),
        "unimplemented_method" => UnimplementedMethodAsync(),
        "unimplemented_service" => UnimplementedServiceAsync(),
        "cancel_after_begin" => CancelAfterBeginAsync(),
        "cancel_after_first_response" => CancelAfterFirstResponseAsync(),
        "timeout_on_sleeping_server" => TimeoutAsync(),
        InteropCases.ClientCompression => ClientCompressionAsync(),
        InteropCases.ServerCompression => ServerCompressionAsync(serverCompresses: true),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    /// <summary>Asks for a compressed and an uncompressed answer, and sees which of them is.</summary>
    /// <param name="serverCompresses">False for a server that may ignore the wish.</param>
    public async Task ServerCompressionAsync(bool serverCompresses)
    {
        foreach (bool asked in new[] { true, false })
        {
            SimpleRequest request = LargeRequest();
            request.ResponseCompressed = new BoolValue { Value = asked };
            int before = _gzip.Inflated;

            SimpleResponse response = await _client.UnaryCallAsync(request);

            AssertZeros(InteropCases.LargeResponse, response.Payload);
            Assert.Equal(asked && serverCompresses ? 1 : 0, _gzip.Inflated - before);
        }
    }

    /// <summary>Sends two values of one binary header.</summary>
    /// <returns>What came back as trailers.</returns>
    public async Task<Metadata> SendTwoBinaryValuesAsync()
    {
        Metadata headers =
        [
            new Metadata.Entry(InteropCases.TrailingHeader, [1, 2, 3]),
            new Metadata.Entry(InteropCases.TrailingHeader, [4, 5, 6, 7]),
        ];
        using AsyncUnaryCall<Empty> call = _client.EmptyCallAsync(new Empty(), headers);
        await call;
        return call.GetTrailers();
    }

    /// <summary>Asks for an answer that is empty and compressed.</summary>
    public async Task<Empty> GetEmptyCompressedAsync() =>
        await _client.EmptyCallAsync(new Empty(), new Metadata { { InteropCases.CompressHeader, "yes" } });

    public void Dispose() => _channel.Dispose();

    private async Task EmptyUnaryAsync() => Assert.Equal(new Empty(), await _client.EmptyCallAsync(new Empty()));

    private async Task LargeUnaryAsync()
    {
        SimpleResponse response = await _client.UnaryCallAsync(LargeRequest());

        AssertZeros(InteropCases.LargeResponse, response.Payload);
    }

    private async Task ClientStreamingAsync()
    {
        using AsyncClientStreamingCall<StreamingInputCallRequest, StreamingInputCallResponse> call =
            _client.StreamingInputCall();
        foreach (int size in InteropCases.RequestSizes)
        {
            await call.RequestStream.WriteAsync(new StreamingInputCallRequest { Payload = Zeros(size) });
        }

        await call.RequestStream.CompleteAsync();

        Assert.Equal(74_922, (await call).AggregatedPayloadSize);
    }

    private async Task ServerStreamingAsync()
    {
        var request = new StreamingOutputCallRequest
        {
            ResponseParameters = { InteropCases.ResponseSizes.Select(size => new ResponseParameters { Size = size }) },
        };
        using AsyncServerStreamingCall<StreamingOutputCallResponse> call = _client.StreamingOutputCall(request);
        List<int> sizes = [];
        await foreach (StreamingOutputCallResponse response in call.ResponseStream.ReadAllAsync())
        {
            sizes.Add(response.Payload.Body.Length);
        }

        Assert.Equal(InteropCases.ResponseSizes, sizes);
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    private async Task PingPongAsync()
    {
        using AsyncDuplexStreamingCall<StreamingOutputCallRequest, StreamingOutputCallResponse> call =
            _client.FullDuplexCall();
        foreach ((int sent, int received) in InteropCases.RequestSizes.Zip(InteropCases.ResponseSizes))
        {
            await call.RequestStream.WriteAsync(DuplexRequest(sent, received));
            Assert.True(await call.ResponseStream.MoveNext());
            AssertZeros(received, call.ResponseStream.Current.Payload);
        }

        await call.RequestStream.CompleteAsync();

        Assert.False(await call.ResponseStream.MoveNext());
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    private async Task EmptyStreamAsync()
    {
        using AsyncDuplexStreamingCall<StreamingOutputCallRequest, StreamingOutputCallResponse> call =
            _client.FullDuplexCall();
        await call.RequestStream.CompleteAsync();

        Assert.False(await call.ResponseStream.MoveNext());
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    private async Task CustomMetadataAsync()
    {
        Metadata headers = new()
        {
            { InteropCases.InitialHeader, "test_initial_metadata_value" },
            { InteropCases.TrailingHeader, [0xAB, 0xAB, 0xAB] },
        };
        using AsyncUnaryCall<SimpleResponse> unary = _client.UnaryCallAsync(LargeRequest(), headers);
        AssertZeros(InteropCases.LargeResponse, (await unary).Payload);
        AssertEchoed(await unary.ResponseHeadersAsync, unary.GetTrailers());

        using AsyncDuplexStreamingCall<StreamingOutputCallRequest, StreamingOutputCallResponse> duplex =
            _client.FullDuplexCall(headers);
        await duplex.RequestStream.WriteAsync(DuplexRequest(InteropCases.LargeRequest, InteropCases.LargeResponse));
        await duplex.RequestStream.CompleteAsync();
        Assert.True(await duplex.ResponseStream.MoveNext());
        Assert.False(await duplex.ResponseStream.MoveNext());
        AssertEchoed(await duplex.ResponseHeadersAsync, duplex.GetTrailers());
    }

    private async Task StatusAsync()
    {
        var asked = new EchoStatus { Code = (int)StatusCode.Unknown, Message = TestStatus };
        RpcException unary = await Assert.ThrowsAsync<RpcException>(
            async () => await _client.UnaryCallAsync(new SimpleRequest { ResponseStatus = asked }));
        using AsyncDuplexStreamingCall<StreamingOutputCallRequest, StreamingOutputCallResponse> call =
            _client.FullDuplexCall();
        await call.RequestStream.WriteAsync(new StreamingOutputCallRequest { ResponseStatus = asked });
        await call.RequestStream.CompleteAsync();
        RpcException duplex = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext());

        Assert.Equal((StatusCode.Unknown, TestStatus), (unary.StatusCode, unary.Status.Detail));
        Assert.Equal((StatusCode.Unknown, TestStatus), (duplex.StatusCode, duplex.Status.Detail));
    }

    private async Task SpecialStatusAsync()
    {
        var asked = new EchoStatus { Code = (int)StatusCode.Unknown, Message = SpecialStatus };
        RpcException refusal = await Assert.ThrowsAsync<RpcException>(
            async () => await _client.UnaryCallAsync(new SimpleRequest { ResponseStatus = asked }));

        Assert.Equal((StatusCode.Unknown, SpecialStatus), (refusal.StatusCode, refusal.Status.Detail));
    }

    private async Task UnimplementedMethodAsync()
    {
        RpcException refusal = await Assert.ThrowsAsync<RpcException>(
            async () => await _client.UnimplementedCallAsync(new Empty()));

        Assert.Equal(StatusCode.Unimplemented, refusal.StatusCode);
    }

    private async Task UnimplementedServiceAsync()
    {
        var nobody = new UnimplementedService.UnimplementedServiceClient(_channel);
        RpcException refusal = await Assert.ThrowsAsync<RpcException>(
            async () => await nobody.UnimplementedCallAsync(new Empty()));

        Assert.Equal(StatusCode.Unimplemented, refusal.StatusCode);
    }

    private async Task CancelAfterBeginAsync()
    {
        using var cancel = new CancellationTokenSource();
        using AsyncClientStreamingCall<StreamingInputCallRequest, StreamingInputCallResponse> call =
            _client.StreamingInputCall(cancellationToken: cancel.Token);
        await cancel.CancelAsync();
        RpcException ended = await Assert.ThrowsAsync<RpcException>(async () => await call);

        Assert.Equal(StatusCode.Cancelled, ended.StatusCode);
    }

    private async Task CancelAfterFirstResponseAsync()
    {
        using var cancel = new CancellationTokenSource();
        using AsyncDuplexStreamingCall<StreamingOutputCallRequest, StreamingOutputCallResponse> call =
            _client.FullDuplexCall(cancellationToken: cancel.Token);
        await call.RequestStream.WriteAsync(
            DuplexRequest(InteropCases.RequestSizes[0], InteropCases.ResponseSizes[0]));
        Assert.True(await call.ResponseStream.MoveNext());
        await cancel.CancelAsync();
        RpcException ended = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext());

        Assert.Equal(StatusCode.Cancelled, ended.StatusCode);
        Assert.Equal(StatusCode.Cancelled, call.GetStatus().StatusCode);
    }

    private async Task TimeoutAsync()
    {
        using AsyncDuplexStreamingCall<StreamingOutputCallRequest, StreamingOutputCallResponse> call =
            _client.FullDuplexCall(deadline: DateTime.UtcNow.AddMilliseconds(1));
        RpcException ended = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            // The deadline may pass before, during or after the write.
            await call.RequestStream.WriteAsync(DuplexRequest(InteropCases.RequestSizes[0]));
            await call.ResponseStream.MoveNext();
        });

        Assert.Equal(StatusCode.DeadlineExceeded, ended.StatusCode);
    }

    private async Task ClientCompressionAsync()
    {
        // A message that wrongly says that it is compressed: refused by a server that looks.
        RpcException refusal = await Assert.ThrowsAsync<RpcException>(
            async () => await _client.UnaryCallAsync(Claiming(compressed: true)));
        Assert.Equal(StatusCode.InvalidArgument, refusal.StatusCode);

        Metadata gzip = new() { { "grpc-internal-encoding-request", "gzip" } };
        AssertZeros(
            InteropCases.LargeResponse, (await _client.UnaryCallAsync(Claiming(compressed: true), gzip)).Payload);
        AssertZeros(InteropCases.LargeResponse, (await _client.UnaryCallAsync(Claiming(compressed: false))).Payload);
    }

    private static SimpleRequest Claiming(bool compressed)
    {
        SimpleRequest request = LargeRequest();
        request.ExpectCompressed = new BoolValue { Value = compressed };
        return request;
    }

    private static SimpleRequest LargeRequest() =>
        new() { ResponseSize = InteropCases.LargeResponse, Payload = Zeros(InteropCases.LargeRequest) };

    private static StreamingOutputCallRequest DuplexRequest(int size, params int[] answers) =>
        new()
        {
            Payload = Zeros(size),
            ResponseParameters = { answers.Select(answer => new ResponseParameters { Size = answer }) },
        };

    private static Payload Zeros(int size) => new() { Body = ByteString.CopyFrom(new byte[size]) };

    private static void AssertZeros(int size, Payload payload)
    {
        Assert.Equal(size, payload.Body.Length);
        Assert.False(payload.Body.Span.ContainsAnyExcept((byte)0));
    }

    private static void AssertEchoed(Metadata headers, Metadata trailers)
    {
        Assert.Equal("test_initial_metadata_value", headers.GetValue(InteropCases.InitialHeader));
        Assert.Equal([0xAB, 0xAB, 0xAB], trailers.GetValueBytes(InteropCases.TrailingHeader));
    }
}
