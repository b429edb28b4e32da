namespace HashMatch.Tests.Matching.Report;

/// <summary>Tests that measure the whole process, so that none may run beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public static class AloneInProcess
{
    public const string Name = "alone in the process";
}
