using HashMatch.Matching;
using HashMatch.Protocol;

namespace HashMatch.Service.Tests.Registry;

/// <summary>One case as it must be if all that was done to it was done one after the other.</summary>
public sealed class CaseModel
{
    private readonly Dictionary<Hash256, int> _held = [];

    public CaseKey Key { get; } = CaseKey.Create();

    public bool IsMade { get; private set; }

    public bool IsWithdrawn { get; private set; }

    public int NextPicture { get; private set; } = 1;

    /// <summary>The hashes that it holds, each with the number of its picture.</summary>
    public IReadOnlyDictionary<Hash256, int> Held => _held;

    /// <summary>Adds each hash as a picture of its own, unless it is held, and gives the numbers.</summary>
    public uint[] Register(IEnumerable<Hash256> hashes)
    {
        IsMade = true;
        return [.. hashes.Select(hash =>
        {
            if (!_held.TryGetValue(hash, out int number))
            {
                number = NextPicture++;
                _held[hash] = number;
            }

            return (uint)number;
        })];
    }

    /// <summary>Withdraws one picture, and gives how many that were.</summary>
    public int WithdrawPicture(int number)
    {
        Hash256[] leaving = [.. _held.Where(held => held.Value == number).Select(held => held.Key)];
        Array.ForEach(leaving, hash => _held.Remove(hash));
        return leaving.Length;
    }

    /// <summary>Withdraws all, and gives how many pictures that were.</summary>
    public int Withdraw()
    {
        int count = _held.Count;
        _held.Clear();
        IsWithdrawn = true;
        return count;
    }

    public override string ToString() => string.Join(
        ' ',
        new[] { $"withdrawn {IsWithdrawn} next {NextPicture}" }
            .Concat(_held.OrderBy(held => held.Value).Select(held => $"{held.Value}:{held.Key.ToHex()}")));
}
