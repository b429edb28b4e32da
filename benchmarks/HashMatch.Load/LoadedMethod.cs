namespace HashMatch.Load;

/// <summary>A gRPC method that is put under load, always with the same message.</summary>
internal sealed class LoadedMethod
{
    private readonly string _path;
    private readonly byte[] _framed;
    private readonly string _file;

    /// <summary>Names a method and what is sent to it.</summary>
    /// <param name="path">The method, as in a URL: "/service/method".</param>
    /// <param name="message">The message in the format of protobuf, without its frame.</param>
    /// <param name="folder">Where to write the message for h2load.</param>
    public LoadedMethod(string path, ReadOnlySpan<byte> message, string folder)
    {
        _path = path;
        // Not compressed, the length as four bytes, the message.
        _framed = [0, 0, 0, (byte)(message.Length >> 8), (byte)message.Length, .. message];
        _file = Path.Combine(folder, "message.bin");
        File.WriteAllBytes(_file, _framed);
    }

    private static Dictionary<string, string> Headers => new()
    {
        ["content-type"] = "application/grpc",
        ["te"] = "trailers",
    };

    /// <summary>Makes one call and gives the whole answer as text.</summary>
    public Task<string> AnswerOfAsync(ServerProcess server) =>
        RawAnswer.OfAsync(new Uri(server.Address, _path), _framed, Headers);

    /// <summary>Makes many calls.</summary>
    public Task<LoadResult> LoadAsync(ServerProcess server, int calls, int answerBytes) =>
        H2Load.RunAsync(new Uri(server.Address, _path), _file, Headers, calls, answerBytes);
}
