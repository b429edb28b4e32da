using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace HashMatch.Benchmarks.Matcher;

/// <summary>What the report was made on.</summary>
internal static class Machine
{
    private const string ModelField = "model name";

    /// <summary>The processor's name and the widest vectors that the runtime uses on it.</summary>
    public static string Processor { get; } = ReadModel() + Vectors();

    public static string Runtime => RuntimeInformation.FrameworkDescription;

    private static string ReadModel()
    {
        string? line = File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(
                line => line.StartsWith(ModelField, StringComparison.Ordinal))
            : null;
        return line is null ? "unknown processor" : line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }

    private static string Vectors() => true switch
    {
        _ when Vector512.IsHardwareAccelerated => ", 512 bits",
        _ when Vector256.IsHardwareAccelerated => ", 256 bits",
        _ => ", no wide vectors",
    };
}
