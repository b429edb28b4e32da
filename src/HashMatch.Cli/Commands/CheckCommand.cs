using System.CommandLine;
using Grpc.Core;
using HashMatch.Cli.Lines;
using HashMatch.Client;
using HashMatch.Hashing;
using HashMatch.Matching;

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
            "With --views plain: the greatest number of differing bits of a match. Otherwise the service's usual 31.");
        Option<QueryViews?> views = ViewOptions.ToQuery();
        Option<string?> keyFile = SharedOptions.ApiKeyFile();
        var command = new Command(
            "check", "Check pictures against the list, for platforms. A match is advice to a reviewer, never proof.")
        {
            files, views, maxDistance, keyFile, server, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            Uri address = ServerAddress.Find(parsed.GetValue(server), terminal);
            int? distance = parsed.GetValue(maxDistance);
            QueryBatches batches = QueryBatches.Of(
                parsed.GetRequiredValue(files), parsed.GetValue(views), distance, terminal, cancellationToken);
            string apiKey = await ApiKeySource.FindAsync(parsed.GetValue(keyFile), terminal, cancellationToken);
            using var client = new MatchClient(address, apiKey);
            return await RunAsync(
                (pictures, token) => AskAsync(client, pictures, batches.Views, distance, token),
                batches,
                terminal,
                parsed.GetValue(json),
                cancellationToken);
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

    internal static CheckLine ToLine(Query query, IReadOnlyList<MatchLine>? matches) =>
        new(query.File, query.Line, matches, query.Refusal?.Reason, query.Refusal?.Message);

    /// <summary>Checks everything and writes a line for each.</summary>
    /// <param name="askAsync">Gives the matches of each of some pictures, of which it is given the views.</param>
    /// <param name="batches">What is to be checked.</param>
    /// <param name="terminal">Where to write.</param>
    /// <param name="json">Whether programs read it.</param>
    /// <param name="cancellationToken">Ends the checking.</param>
    internal static async Task<int> RunAsync(
        Func<IReadOnlyList<IReadOnlyList<PictureView>>, CancellationToken, Task<List<List<MatchLine>>>> askAsync,
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
            List<IReadOnlyList<PictureView>> pictures =
                [.. batch.Where(query => query.Refusal is null).Select(query => query.Views)];
            List<List<MatchLine>> answers = pictures.Count == 0 ? [] : await askAsync(pictures, cancellationToken);
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

    /// <summary>Writes what was found for one thing, for people.</summary>
    internal static void WriteText(Query query, IReadOnlyList<MatchLine> matches, Terminal terminal)
    {
        terminal.WriteLine($"{(matches.Count > 0 ? "match     " : "no match  ")}{query.Name}");
        foreach (MatchLine match in matches)
        {
            string tier = match.Tier is null ? "" : match.Tier + "  ";
            string distance = match.Distance is int bits
                ? string.Create(CultureInfo.InvariantCulture, $"  distance {bits,2}")
                : "";
            string seen = match.View is null ? "" : "  " + MatchWords.Seen(match);
            terminal.WriteLine($"          {tier}{match.Band,-4}{distance}  {match.Id}{seen}");
        }
    }

    private static async Task<List<List<MatchLine>>> AskAsync(
        MatchClient client,
        IReadOnlyList<IReadOnlyList<PictureView>> pictures,
        QueryViews views,
        int? maxDistance,
        CancellationToken cancellationToken)
    {
        if (views != QueryViews.Plain)
        {
            return await AskAsync(client, pictures, views, cancellationToken);
        }

        List<Hash256> hashes = [.. pictures.Select(picture => picture[0].Fingerprint.Hash)];
        return
        [
            .. (await client.MatchAsync(hashes, maxDistance, cancellationToken))
                .Select(found => found.Matches.Select(MatchWords.Of).ToList()),
        ];
    }

    private static async Task<List<List<MatchLine>>> AskAsync(
        MatchClient client,
        IReadOnlyList<IReadOnlyList<PictureView>> pictures,
        QueryViews views,
        CancellationToken cancellationToken)
    {
        try
        {
            return
            [
                .. (await client.MatchPicturesAsync(pictures, views, cancellationToken))
                    .Select(matches => matches.Select(MatchWords.Of).ToList()),
            ];
        }
        catch (RpcException refused) when (refused.StatusCode is StatusCode.InvalidArgument)
        {
            // What is sent is sound: it is the distance that the operator does not allow.
            throw new CommandFailure(
                ExitCodes.Service,
                "This service does not look as far as that needs. Check with --views plain, or ask its operator.");
        }
    }

    private static void Write(Query query, CheckLine line, Terminal terminal, bool json)
    {
        if (query.Refusal is null && query.Quality < Fingerprint.MinimumQuality)
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
}
