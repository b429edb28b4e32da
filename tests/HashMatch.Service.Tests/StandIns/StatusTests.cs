using Grpc.Core;

namespace HashMatch.Service.Tests.StandIns;

public class StatusTests
{
    [Fact]
    public void Status_SameCodeAndDetail_IsEqual()
    {
        var status = new Status(StatusCode.NotFound, "gone");

        Assert.Equal(status, new Status(StatusCode.NotFound, "gone"));
        Assert.NotEqual(status, new Status(StatusCode.NotFound, "lost"));
        Assert.NotEqual(status, new Status(StatusCode.Aborted, "gone"));
        Assert.NotEqual(status, new Status(StatusCode.NotFound, "gone", new InvalidOperationException()));
    }

    [Fact]
    public void Status_Defaults_AreSuccessAndCancellation()
    {
        Assert.Equal(new Status(StatusCode.OK, ""), Status.DefaultSuccess);
        Assert.Equal(new Status(StatusCode.Cancelled, ""), Status.DefaultCancelled);
        Assert.Equal(StatusCode.OK, default(Status).StatusCode);
    }

    [Fact]
    public void ToString_WithCause_NamesAllThree()
    {
        var status = new Status(StatusCode.Internal, "broken", new InvalidOperationException("cause"));

        string text = status.ToString();

        Assert.Contains("Internal", text, StringComparison.Ordinal);
        Assert.Contains("broken", text, StringComparison.Ordinal);
        Assert.Contains("cause", text, StringComparison.Ordinal);
    }

    // The numbers of https://grpc.github.io/grpc/core/md_doc_statuscodes.html, in order.
    [Fact]
    public void StatusCode_Numbers_AreThoseOfTheProtocol()
    {
        StatusCode[] inOrder =
        [
            StatusCode.OK, StatusCode.Cancelled, StatusCode.Unknown, StatusCode.InvalidArgument,
            StatusCode.DeadlineExceeded, StatusCode.NotFound, StatusCode.AlreadyExists, StatusCode.PermissionDenied,
            StatusCode.ResourceExhausted, StatusCode.FailedPrecondition, StatusCode.Aborted, StatusCode.OutOfRange,
            StatusCode.Unimplemented, StatusCode.Internal, StatusCode.Unavailable, StatusCode.DataLoss,
            StatusCode.Unauthenticated,
        ];

        Assert.Equal(Enumerable.Range(0, 17), inOrder.Select(code => (int)code));
        Assert.Equal(inOrder.Length, Enum.GetValues<StatusCode>().Length);
    }

    [Fact]
    public void RpcException_OfStatusAlone_TakesItsMessageAndCause()
    {
        var cause = new InvalidOperationException("cause");
        var status = new Status(StatusCode.Unavailable, "down", cause);

        var exception = new RpcException(status);

        Assert.Equal(status, exception.Status);
        Assert.Equal(StatusCode.Unavailable, exception.StatusCode);
        Assert.Equal(status.ToString(), exception.Message);
        Assert.Same(cause, exception.InnerException);
        Assert.Empty(exception.Trailers);
    }

    [Fact]
    public void RpcException_WithTrailersAndMessage_KeepsThem()
    {
        var trailers = new Metadata { { "why", "because" } };

        var exception = new RpcException(new Status(StatusCode.Aborted, "x"), trailers, "message");

        Assert.Same(trailers, exception.Trailers);
        Assert.Equal("message", exception.Message);
        Assert.Equal("message", new RpcException(exception.Status, "message").Message);
        Assert.Same(trailers, new RpcException(exception.Status, trailers).Trailers);
    }

    [Fact]
    public void RpcException_NullTrailers_AreRefused()
    {
        Assert.Throws<ArgumentNullException>(() => new RpcException(Status.DefaultCancelled, (Metadata)null!));
    }
}
