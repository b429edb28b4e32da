using System.Text;

namespace HashMatch.Load;

/// <summary>What a server is asked in every call: the method Check of gRPC's health service.</summary>
internal sealed class Question
{
    /// <summary>The method, as in a URL.</summary>
    public const string Path = "/grpc.health.v1.Health/Check";

    /// <summary>How many bytes the body of the right answer has: a frame of 5 and a message of 2.</summary>
    public const int AnswerSize = 7;

    /// <summary>Asks for a service's health.</summary>
    /// <param name="service">Its name, or nothing for all of them.</param>
    /// <param name="folder">Where to write the question for h2load.</param>
    public Question(string service, string folder)
    {
        // Field 1 is a string, and left out if it is empty. Before the message: "not compressed", and the length.
        byte[] name = Encoding.UTF8.GetBytes(service);
        byte[] message = name.Length == 0 ? [] : [0x0A, (byte)name.Length, .. name];
        Body = [0, 0, 0, 0, (byte)message.Length, .. message];
        File = System.IO.Path.Combine(folder, $"check-{service}.bin");
        System.IO.File.WriteAllBytes(File, Body);
    }

    public static IReadOnlyDictionary<string, string> Headers { get; } = new Dictionary<string, string>
    {
        ["content-type"] = "application/grpc",
        ["te"] = "trailers",
    };

    /// <summary>The message in its frame.</summary>
    public byte[] Body { get; }

    /// <summary>A file that holds the same.</summary>
    public string File { get; }
}
