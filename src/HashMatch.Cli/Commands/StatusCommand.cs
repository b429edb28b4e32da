using System.CommandLine;
using HashMatch.Cli.Lines;
using HashMatch.Client;
using HashMatch.Protocol;

namespace HashMatch.Cli.Commands;

/// <summary><c>hashmatch status</c>: tells what a case holds.</summary>
internal static class StatusCommand
{
    public static Command Create(Terminal terminal)
    {
        Option<string?> server = SharedOptions.Server();
        Option<bool> json = SharedOptions.Json();
        Option<string?> keyFile = SharedOptions.ExistingCaseKeyFile();
        var command = new Command("status", "See what a case holds.")
        {
            keyFile, server, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            Uri address = ServerAddress.Find(parsed.GetValue(server), terminal);
            CaseKey key = await CaseKeySource.FindAsync(parsed.GetValue(keyFile), terminal, cancellationToken);
            using var client = new CaseClient(address);
            StatusLine status = ToLine(await client.GetStatusAsync(key, cancellationToken));
            if (parsed.GetValue(json))
            {
                terminal.WriteLine(JsonLine.Of(status));
            }
            else
            {
                WriteText(status, terminal);
            }

            return ExitCodes.Done;
        });
        return command;
    }

    // The day is shown as the service sent it, but a service is not to steer the terminal.
    internal static StatusLine ToLine(GetStatusResponse response) => new(
        response.State switch
        {
            CaseState.Active => "active",
            CaseState.Withdrawn => "withdrawn",
            _ => "unknown",
        },
        response.AgeGroup switch
        {
            AgeGroup.Under18 => "under_18",
            AgeGroup.Adult => "adult",
            _ => "unknown",
        },
        (int)response.PictureCount,
        [
            .. response.Pictures.Select(picture => new HeldPictureLine(
                (int)picture.Number,
                PlainText.Of(picture.RegisteredDay),
                (int)picture.Fingerprints,
                picture.Published,
                (int)picture.RemovedBy,
                (int)picture.UnderReviewBy,
                (int)picture.NotViolatingBy)),
        ],
        response.State == CaseState.Withdrawn ? (int)response.MirrorsConfirmed : null,
        response.State == CaseState.Withdrawn ? (int)response.Mirrors : null);

    internal static void WriteText(StatusLine status, Terminal terminal)
    {
        terminal.WriteLine($"Case:      {status.State}");
        terminal.WriteLine($"Age group: {status.AgeGroup switch
        {
            "under_18" => "under 18",
            _ => status.AgeGroup,
        }}");
        terminal.WriteLine($"Pictures:  {status.PictureCount.ToString("N0", CultureInfo.InvariantCulture)}");
        if (status.Mirrors is int mirrors)
        {
            terminal.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"Withdrawal: confirmed by {status.MirrorsConfirmed} of {mirrors} mirrors"));
        }

        if (status.Pictures.Count > 0)
        {
            terminal.WriteLine("");
            terminal.WriteLine("Picture  Registered  Hashes  Published  Platforms");
        }

        foreach (HeldPictureLine picture in status.Pictures)
        {
            string published = picture.Published ? "yes" : "not yet";
            terminal.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{picture.Picture,7}  {picture.Registered,10}  {picture.Hashes,6}  {published,-9}  {Said(picture)}"));
        }

        if (status.Pictures.Count > 0)
        {
            terminal.Say("What platforms say is told weekly: from the Monday after they say it.");
        }

        if (status.PictureCount > status.Pictures.Count)
        {
            terminal.Say($"Only the first {status.Pictures.Count} are listed.");
        }
    }

    private static string Said(HeldPictureLine picture)
    {
        (string Words, int Platforms)[] outcomes =
        [
            ("removed by", picture.RemovedBy),
            ("under review by", picture.UnderReviewBy),
            ("not found to break the rules by", picture.NotViolatingBy),
        ];
        string said = string.Join(
            ", ",
            outcomes.Where(outcome => outcome.Platforms > 0).Select(outcome => string.Create(
                CultureInfo.InvariantCulture,
                $"{outcome.Words} {outcome.Platforms} platform{(outcome.Platforms == 1 ? "" : "s")}")));
        return said.Length > 0 ? said : "nothing yet";
    }
}
