using Grpc.Core;

namespace HashMatch.Cli;

/// <summary>What a call that failed means for the person who made it.</summary>
internal static class ServiceFailure
{
    /// <summary>Turns a failed call into a sentence and an exit code.</summary>
    public static CommandFailure Of(RpcException failure, Uri server)
    {
        Status status = failure.Status;

        // The client library, not the service, reports what went wrong with the connection, and with an exception in
        // it. Its own texts are for programmers.
        bool isConnection = status.StatusCode is StatusCode.Unavailable || status.DebugException is not null;
        return status.StatusCode switch
        {
            StatusCode.DeadlineExceeded => Passing($"The service at {Name(server)} did not answer in time. Try again."),
            _ when isConnection && server.Port == ServerAddress.PagePort => Lasting(
                $"What answers at {Name(server)}, if anything does, is not meant for this command: "
                + $"{ServerAddress.PagePort} is the port of the page. Try the same address with port "
                + $"{new Uri(ServerAddress.Default).Port}."),
            _ when isConnection => Passing(
                $"The service at {Name(server)} cannot be reached. Check the address and your connection, then try "
                    + "again."),
            StatusCode.NotFound => new CommandFailure(
                ExitCodes.Negative, Detail(status, "There is no such case. Check the case key.")),
            StatusCode.Unimplemented => Lasting(
                $"What answers at {Name(server)} is not a HashMatch service. Check the address, and its port."),
            StatusCode.PermissionDenied or StatusCode.Unauthenticated => Lasting(
                Detail(status, "The service does not accept this key.")),
            StatusCode.FailedPrecondition or StatusCode.InvalidArgument => Lasting(
                Detail(status, "The service does not accept this.")),
            _ => Passing(Detail(status, "The service refused. Try again later.")),
        };
    }

    private static CommandFailure Passing(string message) => new(ExitCodes.Service, message) { IsPassing = true };

    private static CommandFailure Lasting(string message) => new(ExitCodes.Service, message);

    private static string Name(Uri server) => server.GetLeftPart(UriPartial.Authority);

    private static string Detail(Status status, string otherwise) =>
        string.IsNullOrWhiteSpace(status.Detail) ? otherwise : PlainText.Of(status.Detail);
}
