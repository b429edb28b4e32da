using System.CommandLine;
using HashMatch.Cli.Lines;
using HashMatch.Client;
using HashMatch.Matching;
using HashMatch.Protocol;

namespace HashMatch.Cli.Commands;

/// <summary><c>hashmatch check</c>: asks whether pictures, or hashes, are near the list.</summary>
internal static class CheckCommand
{
    public static Command Create(Terminal terminal)
    {
        Argument<string[]> files = Files();
        Option<string?> server = SharedOptions.Server();
        Option<bool> json = SharedOptions.Json();
        Option<int?> maxDistance = SharedOptions.Number(
            "--max-distance",
            0,
            Hash256.BitCount,
            "The greatest number of differing bits of a match. Otherwise the service's default, 31.");
        Option<string?> keyFile = SharedOptions.ApiKeyFile();
        var command = new Command(
            "check", "Check pictures against the list, for platforms. A match is advice to a reviewer, never proof.")
        {
            files, maxDistance, keyFile, server, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            Uri address = ServerAddress.Find(parsed.GetValue(server), terminal);
            QueryBatches batches = QueryBatches.Of(parsed.GetRequiredValue(files), terminal, cancellationToken);
            string apiKey = await ApiKeySource.FindAsync(parsed.GetValue(keyFile), terminal, cancellationToken);
            using var client = new MatchClient(address, apiKey);
            int? distance = parsed.GetValue(maxDistance);
            return await RunAsync(
                (hashes, token) => client.MatchAsync(hashes, distance, token), batches, terminal,
                parsed.GetValue(json), cancellationToken);
        });
        return command;
    }

    /// <summary>What is checked, as <c>mirror check</c> takes it too.</summary>
    internal static Argument<string[]> Files() => new(SharedOptions.FilesName)
    {
        Arity = ArgumentArity.OneOrMore,
        Description = "Pictures, and folders that are searched for pictures; or - to read hashes from standard "
            + "input, one a line: hex, pdq hex, or hex,quality,filename.",
    };

    internal static CheckLine ToLine(Query query, HashMatches? matches) => new(
        query.File,
        query.Line,
        matches?.Matches
            .Select(match => new MatchLine(
                PlainText.Of(match.EntryId), Band(match.Band), match.HasDistance ? (int)match.Distance : null))
            .ToList(),
        query.Refusal?.Reason,
        query.Refusal?.Message);

    /// <summary>Checks everything and writes a line for each.</summary>
    internal static async Task<int> RunAsync(
        Func<IReadOnlyList<Hash256>, CancellationToken, Task<IReadOnlyList<HashMatches>>> matchAsync,
        QueryBatches batches,
        Terminal terminal,
        bool json,
        CancellationToken cancellationToken)
    {
        int done = 0;
        bool isRefused = false;
        bool isMatched = false;
        using var progress = new ProgressLine(terminal, "Checking", batches.Total);
        await foreach (IReadOnlyList<Query> batch in batches.Batches)
        {
            List<Hash256> hashes = [.. batch.Where(query => query.Refusal is null).Select(query => query.Hash)];
            IReadOnlyList<HashMatches> answers = hashes.Count == 0
                ? []
                : await matchAsync(hashes, cancellationToken);
            int answered = 0;
            foreach (Query query in batch)
            {
                CheckLine line = ToLine(query, query.Refusal is null ? answers[answered++] : null);
                isRefused |= line.Refused is not null;
                isMatched |= line.Matches is { Count: > 0 };
                Write(query, line, terminal, json);
                progress.Report(++done);
            }
        }

        return isRefused ? ExitCodes.Refused : isMatched ? ExitCodes.Done : ExitCodes.Negative;
    }

    private static void Write(Query query, CheckLine line, Terminal terminal, bool json)
    {
        if (query.Refusal is null && query.Quality < Hashing.Fingerprint.MinimumQuality)
        {
            terminal.Warn($"{query.Name}: Too little detail to be told from others. A match here says little.");
        }

        if (json)
        {
            terminal.WriteLine(JsonLine.Of(line));
        }
        else if (query.Refusal is not null)
        {
            terminal.Warn($"{query.Name}: {query.Refusal.Message}");
        }
        else
        {
            WriteText(query, line.Matches ?? [], terminal);
        }
    }

    private static void WriteText(Query query, IReadOnlyList<MatchLine> matches, Terminal terminal)
    {
        terminal.WriteLine($"{(matches.Count > 0 ? "match     " : "no match  ")}{query.Name}");
        foreach (MatchLine match in matches)
        {
            string distance = match.Distance is int bits
                ? string.Create(CultureInfo.InvariantCulture, $"  distance {bits,2}")
                : "";
            terminal.WriteLine($"          {match.Band}{distance}  {match.Id}");
        }
    }

    private static string Band(MatchBand band) => band switch
    {
        MatchBand.Same => "same",
        MatchBand.Near => "near",
        MatchBand.Far => "far",
        _ => "unknown",
    };
}
