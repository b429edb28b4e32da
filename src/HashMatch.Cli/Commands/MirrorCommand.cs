using System.CommandLine;
using HashMatch.Cli.Lines;
using HashMatch.Client;
using HashMatch.Hashing;
using HashMatch.Matching;

namespace HashMatch.Cli.Commands;

/// <summary><c>hashmatch mirror</c>: keeps a platform's own copy of the list, and checks against it.</summary>
internal static class MirrorCommand
{
    /// <summary>What the folder is called in the help.</summary>
    public const string FolderName = "DIR";

    private const int UsualDistance = 31;

    public static Command Create(Terminal terminal) =>
        new("mirror", "Keep your own copy of the list, and check pictures against it without the service.")
        {
            MirrorPullCommand.Create(terminal),
            CreateCheck(terminal),
            CreateStatus(terminal),
        };

    /// <summary>The mirror's folder.</summary>
    internal static Argument<string> Folder() => new(FolderName)
    {
        Description = "The mirror's folder. It holds hashes: keep it private, and out of backups.",
    };

    /// <summary>Writes how far a mirror is.</summary>
    internal static void Write(MirrorLine line, Terminal terminal, bool json)
    {
        if (json)
        {
            terminal.WriteLine(JsonLine.Of(line));
            return;
        }

        terminal.WriteLine($"Epoch:     {line.Epoch}");
        terminal.WriteLine($"Position:  {line.Position.ToString("N0", CultureInfo.InvariantCulture)}");
        terminal.WriteLine($"Entries:   {line.LiveCount.ToString("N0", CultureInfo.InvariantCulture)}");
        terminal.WriteLine($"Signed on: {line.CheckpointDay ?? "unknown"}");
        if (line.KeyId is string key)
        {
            terminal.WriteLine($"Key:       {key}");
        }
    }

    /// <summary>The day as it is written.</summary>
    internal static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static Command CreateCheck(Terminal terminal)
    {
        Argument<string> folder = Folder();
        Argument<string[]> files = CheckCommand.Files();
        Option<bool> json = SharedOptions.Json();
        Option<int?> maxDistance = SharedOptions.Number(
            "--max-distance",
            0,
            Hash256.BitCount,
            $"With --views plain: the greatest number of differing bits of a match. Otherwise {UsualDistance}.");
        Option<QueryViews?> views = ViewOptions.ToQuery();
        var command = new Command(
            "check", "Check pictures against the mirror. A match is advice to a reviewer, never proof.")
        {
            folder, files, views, maxDistance, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            int? distance = parsed.GetValue(maxDistance);
            QueryBatches batches = QueryBatches.Of(
                parsed.GetRequiredValue(files), parsed.GetValue(views), distance, terminal, cancellationToken);
            HashListCopy list = Read(parsed.GetRequiredValue(folder));
            return await CheckCommand.RunAsync(
                (pictures, _) => Task.FromResult(Ask(list, pictures, batches.Views, distance ?? UsualDistance)),
                batches,
                terminal,
                parsed.GetValue(json),
                cancellationToken);
        });
        return command;
    }

    private static Command CreateStatus(Terminal terminal)
    {
        Argument<string> folder = Folder();
        Option<bool> json = SharedOptions.Json();
        var command = new Command("status", "See how far the mirror is.")
        {
            folder, json,
        };
        command.SetAction(parsed =>
        {
            HashListCopy list = Read(parsed.GetRequiredValue(folder));
            var line = new MirrorLine(list.Epoch, list.Position, list.LiveCount, Day(list.CheckpointDay));
            Write(line, terminal, parsed.GetValue(json));
            return ExitCodes.Done;
        });
        return command;
    }

    private static HashListCopy Read(string folder)
    {
        try
        {
            return HashListCopy.Read(folder);
        }
        catch (HashListMirrorException failure)
        {
            throw new CommandFailure(ExitCodes.Refused, failure.Message);
        }
    }

    private static List<List<MatchLine>> Ask(
        HashListCopy list, IReadOnlyList<IReadOnlyList<PictureView>> pictures, QueryViews views, int maxDistance) =>
        views == QueryViews.Plain
            ? [.. pictures.Select(picture => list
                .Match(picture[0].Fingerprint.Hash, maxDistance)
                .Select(MatchWords.Of)
                .ToList())]
            : [.. list.MatchPictures(pictures, views).Select(matches => matches.Select(MatchWords.Of).ToList())];
}
