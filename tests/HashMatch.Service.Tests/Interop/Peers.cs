using System.Diagnostics;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Testing;

namespace HashMatch.Service.Tests.Interop;

/// <summary>
/// Where the peers are, and what becomes of a test that lacks one: it fails in CI and is skipped elsewhere.
/// </summary>
internal static class Peers
{
    // Debian's own, which has Debian's packages; the first one on the path may be another.
    private const string Python = "/usr/bin/python3";

    private static readonly string Tests = Path.Combine(Root(), "tests");
    private static readonly Lazy<bool> PythonHasGrpc = new(AskPython);

    public static string Protos => Path.Combine(Root(), "protos");

    public static PeerProcess StartNode(string script, params IEnumerable<string> arguments)
    {
        Require(
            Directory.Exists(Path.Combine(Tests, "node", "node_modules", "@grpc", "grpc-js")),
            "Run npm install in tests/node.");
        return PeerProcess.Start("node", [Path.Combine(Tests, "node", "interop", script), .. arguments]);
    }

    /// <summary>Starts the Python client.</summary>
    /// <param name="server">The server to call.</param>
    /// <param name="folder">Where it may be given the service's descriptors.</param>
    public static PeerProcess StartPython(Uri server, string folder)
    {
        Require(PythonHasGrpc.Value, "Install Debian's python3-grpcio and python3-protobuf.");
        string descriptors = Path.Combine(folder, "interop.pb");
        var files = new FileDescriptorSet { File = { InteropReflection.Descriptor.ToProto() } };
        File.WriteAllBytes(descriptors, files.ToByteArray());
        return PeerProcess.Start(
            Python, Path.Combine(Tests, "python", "interop_client.py"), server.Authority, descriptors);
    }

    /// <summary>The path of a command that npm installed.</summary>
    public static string NodeCommand(string name)
    {
        string path = Path.Combine(Tests, "node", "node_modules", ".bin", name);
        Require(File.Exists(path), "Run npm install in tests/node.");
        return path;
    }

    private static void Require(bool present, string remedy)
    {
        if (!present)
        {
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", remedy);
            Assert.Fail(remedy);
        }
    }

    private static bool AskPython()
    {
        if (!File.Exists(Python))
        {
            return false;
        }

        using Process asked = Process.Start(
            new ProcessStartInfo(Python, ["-c", "import grpc, google.protobuf"]) { RedirectStandardError = true })!;
        asked.StandardError.ReadToEnd();
        asked.WaitForExit();
        return asked.ExitCode == 0;
    }

    private static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "HashMatch.sln")))
        {
            folder = Path.GetDirectoryName(folder)
                ?? throw new InvalidOperationException("HashMatch.sln lies in no folder above the test assembly.");
        }

        return folder;
    }
}
