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

    private static readonly int[] UsualSizes = [1_000, 10_000, 100_000, 1_000_000, 10_000_000, 50_000_000];

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

    public Option<int?> Rest { get; } = Number(
        "--rest", 50, 600_000, "Milliseconds without background work after which an index rests (default: 3000).");

    public Option<bool> Json { get; } = new("--json") { Description = "Write a line of JSON for each engine." };

    public Option<bool> Live { get; } = new("--live")
    {
        Description = "Measure searches beside 50,000 inserts a second and while the index merges, and its memory.",
    };

    public Option<bool> Open { get; } = new("--open")
    {
        Description = "Measure how long it takes from opening a saved index to the first right answer.",
    };

    public Option<DirectoryInfo?> Folder { get; } = new("--folder")
    {
        HelpName = "DIR",
        Description = "With --open: where the saved index stands meanwhile (default: the folder of temporary files).",
    };

    public Option<string?> Chart { get; } = File("--chart", "Draw time against size into this .svg file. What was "
        + "measured stands beside it in a .jsonl file, to which lines of this report may be added by hand; what it "
        + "lacks is measured.");

    public Option<int[]?> Sizes { get; } = new("--sizes")
    {
        HelpName = "N,N,...",
        Description = $"With --chart: the sizes (default: {string.Join(',', UsualSizes)}).",
        CustomParser = ParseSizes,
    };

    public Option<bool> Redraw { get; } = new("--redraw")
    {
        Description = "With --chart: draw what was measured, and measure nothing.",
    };

    public IEnumerable<Option> All =>
    [
        Base, Queries, Set, Size, Distance, Threads, Batch, Rounds, Milliseconds, Rest, Json, Live, Open, Folder, Chart,
        Sizes, Redraw,
    ];

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

        Option[] modes = [.. new Option[] { Live, Open, Chart }.Where(mode => Has(result, mode))];
        if (modes.Length > 1)
        {
            result.AddError($"{modes[0].Name} and {modes[1].Name} are two different reports.");
        }

        foreach (Option own in new Option[] { Sizes, Redraw }.Where(own => Has(result, own) && !Has(result, Chart)))
        {
            result.AddError($"{own.Name} goes with --chart.");
        }

        if (Has(result, Chart) && (hasBase || Has(result, Size)))
        {
            result.AddError("--chart makes its own lists: give --set and --sizes.");
        }

        if (Has(result, Redraw) && Has(result, Sizes))
        {
            result.AddError("--redraw takes the sizes that were measured.");
        }

        if (Has(result, Folder) && !Has(result, Open))
        {
            result.AddError("--folder goes with --open.");
        }

        if ((Has(result, Live) || Has(result, Open)) && (Has(result, Threads) || Has(result, Batch)))
        {
            result.AddError($"{modes[0].Name} searches in one thread, one query at a time.");
        }

        if (result.GetResult(Chart) is OptionResult { Tokens: [Token chart] }
            && !chart.Value.EndsWith(".svg", StringComparison.Ordinal))
        {
            result.AddError("--chart takes a file that ends in .svg.");
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
            RoundTime = Time(parsed.GetValue(Milliseconds)) ?? usual.RoundTime,
            Rest = Time(parsed.GetValue(Rest)) ?? usual.Rest,
        };
    }

    /// <summary>The sizes that a chart is to show.</summary>
    public int[] ReadSizes(ParseResult parsed) =>
        parsed.GetValue(Redraw) ? [] : parsed.GetValue(Sizes) ?? UsualSizes;

    private static TimeSpan? Time(int? milliseconds) =>
        milliseconds is int count ? TimeSpan.FromMilliseconds(count) : null;

    private static int[]? ParseSizes(ArgumentResult result)
    {
        string[] parts = result.Tokens[0].Value.Split(',');
        int[] sizes = [.. parts.Select(part =>
            int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int size) ? size : 0)];
        if (sizes.All(size => size is >= 1 and <= MatcherQuestion.MaxSize))
        {
            return sizes;
        }

        result.AddError($"--sizes takes whole numbers from 1 to {MatcherQuestion.MaxSize}, with commas between them.");
        return null;
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
