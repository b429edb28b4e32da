namespace Grpc.Core;

/// <summary>Which gRPC this is: the version of the official packages beside which the stand-in is used.</summary>
public static class VersionInfo
{
    /// <summary>The version in the assemblies' identity.</summary>
    public const string CurrentAssemblyVersion = "2.0.0.0";

    /// <summary>The version of the files.</summary>
    public const string CurrentAssemblyFileVersion = "2.85.0.0";

    /// <summary>The version of the packages.</summary>
    public const string CurrentVersion = "2.85.0";
}
