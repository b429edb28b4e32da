namespace HashMatch.Cli;

/// <summary>The address of the service: <c>--server</c>, else HASHMATCH_SERVER, else this computer.</summary>
internal static class ServerAddress
{
    /// <summary>The environment variable that stands in for the option.</summary>
    public const string Variable = "HASHMATCH_SERVER";

    /// <summary>Where a service on this computer listens by default.</summary>
    public const string Default = "http://localhost:5081";

    /// <summary>Where the page is by default, which is easily mistaken for the service.</summary>
    public const int PagePort = 5080;

    /// <summary>Finds the address, and warns where what is sent there could be read on the way.</summary>
    /// <exception cref="CommandFailure">It is not an address.</exception>
    public static Uri Find(string? option, Terminal terminal)
    {
        Uri server = Read(option, terminal);
        if (server.Scheme == Uri.UriSchemeHttp && !server.IsLoopback)
        {
            terminal.Warn(
                $"The connection to {server.Authority} is not encrypted. Use https:// unless you trust the whole "
                    + "network.");
        }

        return server;
    }

    /// <summary>Finds the address.</summary>
    /// <exception cref="CommandFailure">It is not an address.</exception>
    public static Uri Read(string? option, Terminal terminal)
    {
        string text = option ?? terminal.Variable(Variable) ?? Default;
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? server)
            || (server.Scheme != Uri.UriSchemeHttp && server.Scheme != Uri.UriSchemeHttps)
            || server.PathAndQuery != "/"
            || server.UserInfo.Length > 0
            || server.Fragment.Length > 0)
        {
            throw CommandFailure.Usage(
                $"The service's address must look like https://example.org or {Default}. "
                + $"Check {(option is null ? Variable : "--server")}.");
        }

        return server;
    }
}
