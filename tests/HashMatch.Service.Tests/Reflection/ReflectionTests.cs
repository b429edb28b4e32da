using System.Diagnostics;
using Google.Protobuf.Reflection;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Reflection.V1;
using HashMatch.Service.Reflection;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace HashMatch.Service.Tests.Reflection;

public sealed class ReflectionTests
{
    private static readonly string[] Served =
    [
        "grpc.health.v1.Health",
        "grpc.reflection.v1.ServerReflection",
        "hashmatch.v1.CaseService",
        "hashmatch.v1.FeedService",
        "hashmatch.v1.MatchService",
        "hashmatch.v1.OutcomeService",
    ];

    [Theory]
    [InlineData("Production")]
    [InlineData("Staging")]
    public async Task Call_OutsideDevelopment_IsUnimplemented(string environment)
    {
        await using TestService service = await TestService.StartAsync(settings: $"--environment={environment}");

        RpcException refusal = await Assert.ThrowsAsync<RpcException>(
            () => AskAsync(service, new ServerReflectionRequest { ListServices = "" }));

        Assert.Equal(StatusCode.Unimplemented, refusal.StatusCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ListServices_AnybodyAsks_GivesAllThatAreServed(bool withKey)
    {
        await using TestService service = await StartAsync();
        Metadata headers = withKey ? new() { { "authorization", $"Bearer {await service.AddPlatformAsync()}" } } : [];

        ServerReflectionResponse answer = await AskAsync(
            service, new ServerReflectionRequest { ListServices = "*", Host = "here" }, headers);

        Assert.Equal(Served, answer.ListServicesResponse.Service.Select(each => each.Name));
        Assert.Equal("here", answer.ValidHost);
        Assert.Equal("*", answer.OriginalRequest.ListServices);
    }

    [Fact]
    public async Task FileContainingSymbol_EachServedService_GivesTheFileWithItsMethods()
    {
        await using TestService service = await StartAsync();
        string[] mapped =
        [
            .. service.Services.GetRequiredService<EndpointDataSource>().Endpoints
                .Select(endpoint => endpoint.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method.FullName)
                .OfType<string>()
                .Order(),
        ];

        List<string> described = [];
        foreach (string name in Served)
        {
            ServerReflectionResponse answer = await AskAsync(
                service, new ServerReflectionRequest { FileContainingSymbol = name });
            described.AddRange(
                from found in Read(answer)[0].Services
                where found.FullName == name
                from method in found.Methods
                select $"/{name}/{method.Name}");
        }

        Assert.Equal(mapped, described.Order());
    }

    [Theory]
    [InlineData("hashmatch.v1.MatchService.Match", "hashmatch/v1/matching.proto")]
    [InlineData("hashmatch.v1.Fingerprint", "hashmatch/v1/cases.proto")]
    [InlineData("hashmatch.v1.Fingerprint.pdq", "hashmatch/v1/cases.proto")]
    [InlineData("hashmatch.v1.AgeGroup", "hashmatch/v1/cases.proto")]
    [InlineData("hashmatch.v1.AGE_GROUP_ADULT", "hashmatch/v1/cases.proto")]
    [InlineData("grpc.health.v1.HealthCheckResponse.ServingStatus", "grpc/health/v1/health.proto")]
    [InlineData("grpc.reflection.v1.ServerReflectionRequest.message_request", "grpc/reflection/v1/reflection.proto")]
    public async Task FileContainingSymbol_EachKind_GivesTheFile(string symbol, string file)
    {
        await using TestService service = await StartAsync();

        ServerReflectionResponse answer = await AskAsync(
            service, new ServerReflectionRequest { FileContainingSymbol = symbol });

        Assert.Equal(file, Read(answer)[0].Name);
    }

    [Fact]
    public async Task FileByFilename_KnownFile_IsGivenWithoutItsComments()
    {
        await using TestService service = await StartAsync();

        ServerReflectionResponse answer = await AskAsync(
            service, new ServerReflectionRequest { FileByFilename = "hashmatch/v1/matching.proto" });

        Assert.Equal(
            Protocol.MatchingReflection.Descriptor.SerializedData,
            Assert.Single(answer.FileDescriptorResponse.FileDescriptorProto));
    }

    [Fact]
    public async Task AllExtensionNumbers_KnownMessage_AreNone()
    {
        await using TestService service = await StartAsync();
        ProtoFiles files = service.Services.GetRequiredService<ProtoFiles>();

        ServerReflectionResponse answer = await AskAsync(
            service, new ServerReflectionRequest { AllExtensionNumbersOfType = "hashmatch.v1.Match" });

        Assert.Equal("hashmatch.v1.Match", answer.AllExtensionNumbersResponse.BaseTypeName);
        Assert.Empty(answer.AllExtensionNumbersResponse.ExtensionNumber);

        // The service answers so without looking.
        Assert.All(Served, name => Assert.Empty(files.Declared(name)!.File.Extensions.UnorderedExtensions));
    }

    [Fact]
    public async Task Call_UnknownThings_AreErrorsInAnswersOfOneStream()
    {
        await using TestService service = await StartAsync();
        ServerReflectionRequest[] unknown =
        [
            new() { FileByFilename = "absent.proto" },
            new() { FileContainingSymbol = "absent.Symbol" },
            new() { FileContainingExtension = new() { ContainingType = "hashmatch.v1.Match", ExtensionNumber = 9 } },
            new() { AllExtensionNumbersOfType = "hashmatch.v1.MatchService" },
            new(),
        ];
        using AsyncDuplexStreamingCall<ServerReflectionRequest, ServerReflectionResponse> call =
            new ServerReflection.ServerReflectionClient(service.Channel).ServerReflectionInfo();

        List<ServerReflectionResponse> answers = [];
        foreach (ServerReflectionRequest request in unknown.Append(new() { ListServices = "" }))
        {
            await call.RequestStream.WriteAsync(request);
            Assert.True(await call.ResponseStream.MoveNext(default));
            answers.Add(call.ResponseStream.Current);
        }

        await call.RequestStream.CompleteAsync();

        Assert.False(await call.ResponseStream.MoveNext(default));
        Assert.Equal(unknown, answers.SkipLast(1).Select(answer => answer.OriginalRequest));
        Assert.Equal(
            [StatusCode.NotFound, StatusCode.NotFound, StatusCode.NotFound, StatusCode.NotFound,
                StatusCode.Unimplemented],
            answers.SkipLast(1).Select(answer => (StatusCode)answer.ErrorResponse.ErrorCode));
        Assert.All(answers.SkipLast(1), answer => Assert.Matches("^[A-Z].*[.]$", answer.ErrorResponse.ErrorMessage));
        Assert.DoesNotContain(answers, answer => answer.ErrorResponse?.ErrorMessage.Contains("absent") == true);
        Assert.NotEmpty(answers[^1].ListServicesResponse.Service);
    }

    [Fact]
    public async Task Call_MessageOver64KiB_IsResourceExhausted()
    {
        await using TestService service = await StartAsync();
        var request = new ServerReflectionRequest { FileContainingSymbol = new string('a', 64 * 1024) };

        RpcException refusal = await Assert.ThrowsAsync<RpcException>(() => AskAsync(service, request));

        Assert.Equal(StatusCode.ResourceExhausted, refusal.StatusCode);
    }

    [Fact]
    public async Task Stop_StreamOpen_EndsItAtOnce()
    {
        await using TestService service = await StartAsync();
        using AsyncDuplexStreamingCall<ServerReflectionRequest, ServerReflectionResponse> call =
            new ServerReflection.ServerReflectionClient(service.Channel).ServerReflectionInfo();
        await call.RequestStream.WriteAsync(
            new ServerReflectionRequest { ListServices = "" }, TestContext.Current.CancellationToken);
        await call.ResponseStream.MoveNext(default);

        var elapsed = Stopwatch.StartNew();
        Task stopped = service.StopAsync();

        // The status is not looked at: the connection may close before it has gone out.
        await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(default));
        await stopped;

        Assert.True(elapsed.Elapsed < TimeSpan.FromSeconds(15));
    }

    private static Task<TestService> StartAsync() => TestService.StartAsync(settings: "--environment=Development");

    private static async Task<ServerReflectionResponse> AskAsync(
        TestService service, ServerReflectionRequest request, Metadata? headers = null)
    {
        using AsyncDuplexStreamingCall<ServerReflectionRequest, ServerReflectionResponse> call =
            new ServerReflection.ServerReflectionClient(service.Channel).ServerReflectionInfo(headers);
        try
        {
            await call.RequestStream.WriteAsync(request);
            await call.RequestStream.CompleteAsync();
        }
        catch (RpcException)
        {
            // A refusal may be there before all is sent; why is told where the answer is read.
        }

        Assert.True(await call.ResponseStream.MoveNext(default));
        ServerReflectionResponse answer = call.ResponseStream.Current;
        Assert.False(await call.ResponseStream.MoveNext(default));
        return answer;
    }

    private static IReadOnlyList<FileDescriptor> Read(ServerReflectionResponse answer) =>
        FileDescriptor.BuildFromByteStrings(answer.FileDescriptorResponse.FileDescriptorProto);
}
