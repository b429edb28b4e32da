using System.Buffers;
using System.IO.Pipelines;
using Google.Protobuf;
using Grpc.Health.V1;

namespace HashMatch.Service.Health;

/// <summary>
/// Answers by itself what load balancers ask all the time, "is the whole service well?", while it is. Every other
/// question, and every other form of this one, goes on to the gRPC server, whose answer would be the same.
/// </summary>
/// <remarks>
/// The rules of calls have no say here and need none: anybody may ask, nothing is waited for, and nothing can fail.
/// A health check should still be answered in time when the service has much to do.
/// </remarks>
internal static class PromptCheck
{
    private const string Method = "/grpc.health.v1.Health/Check";
    private const string ContentType = "application/grpc";

    // A message of gRPC begins with a flag, 0 for "not compressed", and its length in four bytes.
    private static readonly byte[] Question = [0, 0, 0, 0, 0];

    private static readonly byte[] Answer = Frame(
        new HealthCheckResponse { Status = HealthCheckResponse.Types.ServingStatus.Serving });

    /// <summary>Puts this before routing: who asks only this is spared that too.</summary>
    public static void UsePromptCheck(this IApplicationBuilder app)
    {
        ServiceHealth health = app.ApplicationServices.GetRequiredService<ServiceHealth>();
        app.Use(others => context =>
        {
            if (!health.StorageWorks || !IsPlain(context.Request))
            {
                return others(context);
            }

            HttpResponse response = context.Response;
            response.ContentType = ContentType;
            response.AppendTrailer("grpc-status", "0");
            response.BodyWriter.Write(Answer);
            return Task.CompletedTask;
        });
    }

    // What has not arrived as a whole yet is left unread: the gRPC server knows how long to wait for it.
    private static bool IsPlain(HttpRequest request)
    {
        if (request.Path.Value != Method
            || request.ContentType != ContentType
            || !HttpMethods.IsPost(request.Method)
            || !HttpProtocol.IsHttp2(request.Protocol)
            || !request.BodyReader.TryRead(out ReadResult read))
        {
            return false;
        }

        ReadOnlySequence<byte> body = read.Buffer;
        bool isPlain = read.IsCompleted
            && body.Length == Question.Length
            && new SequenceReader<byte>(body).IsNext(Question);
        request.BodyReader.AdvanceTo(isPlain ? body.End : body.Start);
        return isPlain;
    }

    private static byte[] Frame(HealthCheckResponse message) =>
        [0, 0, 0, 0, checked((byte)message.CalculateSize()), .. message.ToByteArray()];
}
