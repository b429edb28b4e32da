using Google.Protobuf;
using Grpc.Core;
using Grpc.Testing;

namespace HashMatch.Service.Tests.Interop;

/// <summary>The interoperability service, as any application writes one for the official server.</summary>
internal sealed class InteropService : Grpc.Testing.TestService.TestServiceBase
{
    private static readonly WriteOptions Uncompressed = new(WriteFlags.NoCompress);

    public override async Task<Empty> EmptyCall(Empty request, ServerCallContext context)
    {
        await EchoMetadataAsync(context);
        context.WriteOptions = context.RequestHeaders.Get(InteropCases.CompressHeader) is null
            ? Uncompressed
            : WriteOptions.Default;
        return request;
    }

    public override async Task<SimpleResponse> UnaryCall(SimpleRequest request, ServerCallContext context)
    {
        await EchoMetadataAsync(context);
        EndAsAsked(request.ResponseStatus);
        if (request.ExpectCompressed is { } claim && claim.Value != FirstMessage.IsCompressed(context.GetHttpContext()))
        {
            throw new RpcException(new Status(StatusCode.InvalidArgument, "The message is not compressed as it says."));
        }

        context.WriteOptions = request.ResponseCompressed is { Value: true } ? WriteOptions.Default : Uncompressed;
        return new SimpleResponse { Payload = PayloadOf(request.ResponseSize) };
    }

    public override async Task<StreamingInputCallResponse> StreamingInputCall(
        IAsyncStreamReader<StreamingInputCallRequest> requestStream, ServerCallContext context)
    {
        await EchoMetadataAsync(context);
        int sum = 0;
        await foreach (StreamingInputCallRequest request in requestStream.ReadAllAsync(context.CancellationToken))
        {
            sum += request.Payload.Body.Length;
        }

        context.WriteOptions = Uncompressed;
        return new StreamingInputCallResponse { AggregatedPayloadSize = sum };
    }

    public override async Task StreamingOutputCall(
        StreamingOutputCallRequest request,
        IServerStreamWriter<StreamingOutputCallResponse> responseStream,
        ServerCallContext context)
    {
        await EchoMetadataAsync(context);
        await AnswerAsync(request, responseStream, context);
    }

    public override async Task FullDuplexCall(
        IAsyncStreamReader<StreamingOutputCallRequest> requestStream,
        IServerStreamWriter<StreamingOutputCallResponse> responseStream,
        ServerCallContext context)
    {
        await EchoMetadataAsync(context);
        await foreach (StreamingOutputCallRequest request in requestStream.ReadAllAsync(context.CancellationToken))
        {
            await AnswerAsync(request, responseStream, context);
        }
    }

    private static async Task AnswerAsync(
        StreamingOutputCallRequest request,
        IServerStreamWriter<StreamingOutputCallResponse> responses,
        ServerCallContext context)
    {
        EndAsAsked(request.ResponseStatus);
        responses.WriteOptions = Uncompressed;
        foreach (ResponseParameters asked in request.ResponseParameters)
        {
            await Task.Delay(TimeSpan.FromMicroseconds(asked.IntervalUs), context.CancellationToken);
            await responses.WriteAsync(
                new StreamingOutputCallResponse { Payload = PayloadOf(asked.Size) }, context.CancellationToken);
        }
    }

    private static void EndAsAsked(EchoStatus? status)
    {
        if (status is not null && status.Code != 0)
        {
            throw new RpcException(new Status((StatusCode)status.Code, status.Message));
        }
    }

    private static async Task EchoMetadataAsync(ServerCallContext context)
    {
        foreach (Metadata.Entry entry in context.RequestHeaders.GetAll(InteropCases.TrailingHeader))
        {
            context.ResponseTrailers.Add(entry);
        }

        if (context.RequestHeaders.Get(InteropCases.InitialHeader) is { } initial)
        {
            await context.WriteResponseHeadersAsync([initial]);
        }
    }

    private static Payload PayloadOf(int size) => new() { Body = UnsafeByteOperations.UnsafeWrap(new byte[size]) };
}
