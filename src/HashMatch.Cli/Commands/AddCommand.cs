using System.CommandLine;
using HashMatch.Client;
using HashMatch.Hashing;
using HashMatch.Protocol;

namespace HashMatch.Cli.Commands;

/// <summary><c>hashmatch add</c>: adds the fingerprints of pictures to a case.</summary>
internal static class AddCommand
{
    private const string Retry =
        "To go on, run the same command again. That is safe: nothing is registered twice.";

    public static Command Create(Terminal terminal)
    {
        Argument<string[]> files = SharedOptions.Files();
        Option<string?> server = SharedOptions.Server();
        Option<bool> json = SharedOptions.Json();
        Option<string?> keyFile = SharedOptions.ExistingCaseKeyFile();
        Option<RegisterViews> views = ViewOptions.ToRegister();
        var command = new Command("add", "Add the fingerprints of pictures to a case.")
        {
            files, views, keyFile, server, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            Uri address = ServerAddress.Find(parsed.GetValue(server), terminal);
            IReadOnlyList<FileEntry> entries = Submission.ReadFiles(parsed.GetRequiredValue(files));
            CaseKey key = await CaseKeySource.FindAsync(parsed.GetValue(keyFile), terminal, cancellationToken);
            Submission submission = await Submission.PrepareAsync(
                entries, parsed.GetValue(views), terminal, cancellationToken);
            if (submission.Count > 0)
            {
                using var client = new CaseClient(address);
                await submission.SendAsync(
                    (pictures, token) => client.AddAsync(key, pictures, token), address, terminal, cancellationToken);
            }

            return SubmissionReport.Write(submission, null, Retry, terminal, parsed.GetValue(json));
        });
        return command;
    }
}
