using HashMatch.Matching;
using HashMatch.Protocol;

namespace HashMatch.Service.Tests.Registry;

/// <summary>A case as its owner knows it: what was sent, and what of that was acknowledged.</summary>
public sealed class SentCase
{
    public CaseKey Key { get; } = CaseKey.Create();

    public required IReadOnlyList<Hash256> Hashes { get; init; }

    public bool IsRegistered { get; set; }

    public bool IsWithdrawalSent { get; set; }

    public bool IsWithdrawn { get; set; }
}
