namespace HashMatch.Service.Tests.Hostile;

/// <summary>
/// The tests with hostile peers: one service in a process of its own for all, and nothing else beside them, since they
/// look at its memory and its pace.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class HostilePeers : ICollectionFixture<AttackedService>
{
    public const string Name = "Hostile peers";

    /// <summary>Whether the long form was asked for, with HASHMATCH_LONG=1.</summary>
    public static bool IsLong => Environment.GetEnvironmentVariable("HASHMATCH_LONG") == "1";
}
