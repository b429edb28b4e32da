using Google.Protobuf.Reflection;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Reflection.V1;
using HashMatch.Service.Calls;

namespace HashMatch.Service.Reflection;

/// <summary>The gRPC reflection protocol.</summary>
[Audience(Audience.Anybody)]
public sealed class ReflectionCalls(
    ProtoFiles files,
    EndpointDataSource endpoints,
    IHostApplicationLifetime lifetime) : ServerReflection.ServerReflectionBase
{
    public override async Task ServerReflectionInfo(
        IAsyncStreamReader<ServerReflectionRequest> requestStream,
        IServerStreamWriter<ServerReflectionResponse> responseStream,
        ServerCallContext context)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(
            context.CancellationToken, lifetime.ApplicationStopping);
        try
        {
            while (await requestStream.MoveNext(ending.Token))
            {
                await responseStream.WriteAsync(Answer(requestStream.Current), ending.Token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or RpcException or IOException
            && lifetime.ApplicationStopping.IsCancellationRequested)
        {
            throw Refusals.Stopping();
        }
    }

    private ServerReflectionResponse Answer(ServerReflectionRequest request)
    {
        ServerReflectionResponse response = request.MessageRequestCase switch
        {
            ServerReflectionRequest.MessageRequestOneofCase.FileByFilename =>
                File(files.Named(request.FileByFilename), Refusals.NoSuchProtoFile()),
            ServerReflectionRequest.MessageRequestOneofCase.FileContainingSymbol =>
                File(files.Declared(request.FileContainingSymbol)?.File, Refusals.NoSuchSymbol()),
            // No proto file here has extensions.
            ServerReflectionRequest.MessageRequestOneofCase.FileContainingExtension =>
                Error(Refusals.NoSuchExtension()),
            ServerReflectionRequest.MessageRequestOneofCase.AllExtensionNumbersOfType =>
                Extensions(request.AllExtensionNumbersOfType),
            ServerReflectionRequest.MessageRequestOneofCase.ListServices => Services(),
            _ => Error(Refusals.NoSuchReflection()),
        };
        response.ValidHost = request.Host;
        response.OriginalRequest = request;
        return response;
    }

    private static ServerReflectionResponse File(FileDescriptor? file, RpcException refusal)
    {
        if (file is null)
        {
            return Error(refusal);
        }

        IEnumerable<FileDescriptor> all = ProtoFiles.WithImports(file);
        return new ServerReflectionResponse
        {
            FileDescriptorResponse = new FileDescriptorResponse
            {
                FileDescriptorProto = { all.Select(each => each.SerializedData) },
            },
        };
    }

    private ServerReflectionResponse Extensions(string type) => files.Declared(type) is MessageDescriptor
        ? new ServerReflectionResponse
        {
            AllExtensionNumbersResponse = new ExtensionNumberResponse { BaseTypeName = type },
        }
        : Error(Refusals.NoSuchSymbol());

    // Those that are mapped, whatever is declared.
    private ServerReflectionResponse Services()
    {
        IEnumerable<string> names = endpoints.Endpoints
            .Select(endpoint => endpoint.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method.ServiceName)
            .OfType<string>()
            .Distinct()
            .Order(StringComparer.Ordinal);
        return new ServerReflectionResponse
        {
            ListServicesResponse = new ListServiceResponse
            {
                Service = { names.Select(name => new ServiceResponse { Name = name }) },
            },
        };
    }

    // Inside the answer, so that the stream goes on.
    private static ServerReflectionResponse Error(RpcException refusal) => new()
    {
        ErrorResponse = new ErrorResponse
        {
            ErrorCode = (int)refusal.StatusCode,
            ErrorMessage = refusal.Status.Detail,
        },
    };
}
