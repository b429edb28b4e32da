using Grpc.Core;
using HashMatch.Protocol;

namespace HashMatch.Service.Tests.Calls;

/// <summary>The service's methods with plain bytes for messages, so that anything can be sent.</summary>
internal static class RawCalls
{
    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create<byte[]>(bytes => bytes, bytes => bytes);

    public static Method<byte[], byte[]> Register { get; } = Unary(CaseService.Descriptor.FullName, "Register");

    public static Method<byte[], byte[]> Withdraw { get; } = Unary(CaseService.Descriptor.FullName, "Withdraw");

    public static Method<byte[], byte[]> GetStatus { get; } = Unary(CaseService.Descriptor.FullName, "GetStatus");

    public static Method<byte[], byte[]> Match { get; } = Unary(MatchService.Descriptor.FullName, "Match");

    public static Method<byte[], byte[]> MatchStream { get; } =
        Describe(MethodType.DuplexStreaming, MatchService.Descriptor.FullName, "MatchStream");

    /// <summary>Sends bytes as the one message of a call and gives the refusal.</summary>
    public static async Task<RpcException> RefusalOfAsync(
        this TestService service, Method<byte[], byte[]> method, byte[] message, Metadata? headers = null)
    {
        var options = new CallOptions(headers, cancellationToken: TestContext.Current.CancellationToken);
        return await Assert.ThrowsAsync<RpcException>(async () =>
        {
            if (method.Type == MethodType.Unary)
            {
                await service.Channel.CreateCallInvoker().AsyncUnaryCall(method, null, options, message);
                return;
            }

            using AsyncDuplexStreamingCall<byte[], byte[]> call =
                service.Channel.CreateCallInvoker().AsyncDuplexStreamingCall(method, null, options);
            await call.RequestStream.WriteAsync(message);
            await call.ResponseStream.MoveNext(options.CancellationToken);
        });
    }

    private static Method<byte[], byte[]> Unary(string service, string name) =>
        Describe(MethodType.Unary, service, name);

    private static Method<byte[], byte[]> Describe(MethodType type, string service, string name) =>
        new(type, service, name, Bytes, Bytes);
}
