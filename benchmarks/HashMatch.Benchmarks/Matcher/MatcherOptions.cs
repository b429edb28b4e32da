using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using HashMatch.Matching;
using HashMatch.Tests.Matching;

namespace HashMatch.Benchmarks.Matcher;

/// <summary>The options of <c>matcher</c>, and which of them go together.</summary>
internal sealed class MatcherOptions
{
    private static readonly string[] SetNames =
        [.. Enum.GetNames<HashSetKind>().Select(name => name.ToLowerInvariant())];

    public Option<string?> Base { get; } = File("--base", "The hashes to register: rows of 32 bytes, each four "
        + "little-endian 64-bit words; bit i of the hash is word[i/64] >> (i%64) & 1.");

    public Option<string?> Queries { get; } = File("--queries", "The hashes to look for, in the same form.");

    public Option<string?> Set { get; } = new("--set")
    {
        HelpName = string.Join('|', SetNames),
        Description = "Made-up hashes in place of files (default: uniform).",
    };

    public Option<int?> Size { get; } = Number(
        "--size", 1, MatcherQuestion.MaxSize, "How many hashes of the set (default: 1000000).");

    public Option<int?> Distance { get; } = Number(
        "--distance", 0, Hash256.BitCount, "The greatest distance that counts (default: 31).");

    public Option<int?> Threads { get; } = Number(
        "--threads", 1, 256, "How many threads search, each for queries of its own (default: 1).");

    public Option<int?> Batch { get; } = Number(
        "--batch", 1, 65_536, "How many queries a search in batches takes (default: 256).");

    public Option<int?> Rounds { get; } = Number(
        "--rounds", 5, 1_000, "In how many rounds the engines take turns (default: 5).");

    public Option<int?> Milliseconds { get; } = Number(
        "--milliseconds", 1, 60_000, "How long each engine searches in each round (default: 500).");

    public Option<bool> Json { get; } = new("--json") { Description = "Write a line of JSON for each engine." };

    public IEnumerable<Option> All =>
        [Base, Queries, Set, Size, Distance, Threads, Batch, Rounds, Milliseconds, Json];

    /// <summary>Refuses what does not go together.</summary>
    public void Validate(CommandResult result)
    {
        bool hasBase = Has(result, Base);
        if (hasBase != Has(result, Queries))
        {
            result.AddError("--base and --queries go together.");
        }

        if (hasBase && (Has(result, Set) || Has(result, Size)))
        {
            result.AddError("Give either --base and --queries, or --set and --size.");
        }

        if (result.GetResult(Set) is OptionResult { Tokens: [Token set] } && !SetNames.Contains(set.Value))
        {
            result.AddError($"--set takes {string.Join(", ", SetNames[..^1])} or {SetNames[^1]}.");
        }
    }

    public MatcherQuestion Read(ParseResult parsed)
    {
        var usual = new MatcherQuestion();
        return new MatcherQuestion
        {
            BaseFile = parsed.GetValue(Base),
            QueryFile = parsed.GetValue(Queries),
            Set = Enum.Parse<HashSetKind>(parsed.GetValue(Set) ?? SetNames[0], ignoreCase: true),
            Size = parsed.GetValue(Size) ?? usual.Size,
            Distance = parsed.GetValue(Distance) ?? usual.Distance,
            Threads = parsed.GetValue(Threads) ?? usual.Threads,
            Batch = parsed.GetValue(Batch) ?? usual.Batch,
            Rounds = parsed.GetValue(Rounds) ?? usual.Rounds,
            RoundTime = parsed.GetValue(Milliseconds) is int milliseconds
                ? TimeSpan.FromMilliseconds(milliseconds)
                : usual.RoundTime,
        };
    }

    private static bool Has(CommandResult result, Option option) => result.GetResult(option) is not null;

    private static Option<string?> File(string name, string description) => new(name)
    {
        HelpName = "FILE",
        Description = description,
    };

    private static Option<int?> Number(string name, int least, int most, string description) => new(name)
    {
        HelpName = "N",
        Description = description,
        CustomParser = result =>
        {
            if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                && number >= least && number <= most)
            {
                return number;
            }

            result.AddError($"{name} takes a whole number from {least} to {most}.");
            return null;
        },
    };
}
