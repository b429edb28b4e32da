using Grpc.Core;
using HashMatch.Cli;

namespace HashMatch.Tests.Cli;

public sealed class ServiceFailureTests
{
    private static readonly Uri Server = new("https://example.org");

    [Theory]
    [InlineData(
        StatusCode.Unavailable, "x", ExitCodes.Service, "The service at https://example.org cannot be reached.")]
    [InlineData(StatusCode.DeadlineExceeded, "x", ExitCodes.Service, "The service at https://example.org did not")]
    [InlineData(StatusCode.NotFound, "No such case.", ExitCodes.Negative, "No such case.")]
    [InlineData(StatusCode.Unauthenticated, "No such key.", ExitCodes.Service, "No such key.")]
    [InlineData(StatusCode.PermissionDenied, "", ExitCodes.Service, "The service does not accept this key.")]
    [InlineData(StatusCode.FailedPrecondition, "It was withdrawn.", ExitCodes.Service, "It was withdrawn.")]
    [InlineData(StatusCode.ResourceExhausted, "Wait\e[2J.", ExitCodes.Service, "Wait?[2J.")]
    [InlineData(
        StatusCode.Unimplemented, "x", ExitCodes.Service, "What answers at https://example.org is not a HashMatch")]
    [InlineData(StatusCode.Internal, "", ExitCodes.Service, "The service refused.")]
    public void Of_Status_GivesSentenceAndExitCode(StatusCode code, string detail, int exitCode, string sentence)
    {
        CommandFailure failure = ServiceFailure.Of(new RpcException(new Status(code, detail)), Server);

        Assert.Equal(exitCode, failure.ExitCode);
        Assert.StartsWith(sentence, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_FailureAtThePortOfThePage_NamesTheRightOne()
    {
        var status = new Status(StatusCode.Unavailable, "", new HttpRequestException());

        CommandFailure failure = ServiceFailure.Of(new RpcException(status), new Uri("http://localhost:5080"));

        Assert.Contains("port 5081", failure.Message, StringComparison.Ordinal);
        Assert.False(failure.IsPassing);
    }

    [Fact]
    public void Of_FailureOfTheConnection_DoesNotShowTheLibrarysText()
    {
        var status = new Status(StatusCode.Internal, "HttpRequestException", new HttpRequestException());

        CommandFailure failure = ServiceFailure.Of(new RpcException(status), Server);

        Assert.Contains("cannot be reached", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", failure.Message, StringComparison.Ordinal);
    }
}
