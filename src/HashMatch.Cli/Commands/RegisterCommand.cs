using System.CommandLine;
using HashMatch.Cli.Lines;
using HashMatch.Client;
using HashMatch.Hashing;
using HashMatch.Protocol;

namespace HashMatch.Cli.Commands;

/// <summary><c>hashmatch register</c>: opens a case with the fingerprints of pictures.</summary>
internal static class RegisterCommand
{
    private const string Retry =
        "To go on, run the same command with this case key in HASHMATCH_CASE_KEY or --case-key-file. That is safe to "
        + "repeat: nothing is registered twice.";

    public static Command Create(Terminal terminal)
    {
        Argument<string[]> files = SharedOptions.Files();
        Option<string?> server = SharedOptions.Server();
        Option<bool> json = SharedOptions.Json();
        Option<string?> keyFile = SharedOptions.CaseKeyFile(
            "Write the case key to this file before anything is sent. If the file holds a case key, that one is used "
            + $"again, as is one in {CaseKeySource.Variable}.");
        Option<RegisterViews> views = ViewOptions.ToRegister();
        var under18 = new Option<bool>("--under-18")
        {
            Description = "The person was under 18 in at least one of the pictures.",
        };
        var adult = new Option<bool>("--adult")
        {
            Description = "The person was 18 or over in all of them.",
        };
        var command = new Command(
            "register",
            "Register the fingerprints of pictures, so that platforms can find copies. No picture, no name is sent.")
        {
            files, under18, adult, views, keyFile, server, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            Uri address = ServerAddress.Find(parsed.GetValue(server), terminal);
            IReadOnlyList<FileEntry> entries = Submission.ReadFiles(parsed.GetRequiredValue(files));
            CaseKey key = FindKey(parsed.GetValue(keyFile), terminal, out string? newKeyFile, out bool isKept);
            AgeGroup ageGroup = await FindAgeGroupAsync(
                parsed.GetValue(under18), parsed.GetValue(adult), terminal, cancellationToken);
            Submission submission = await Submission.PrepareAsync(
                entries, parsed.GetValue(views), terminal, cancellationToken);
            if (submission.Count > 0)
            {
                Announce(key, newKeyFile, isKept, terminal, parsed.GetValue(json));
                using var client = new CaseClient(address);
                await submission.SendAsync(
                    (pictures, token) => client.RegisterAsync(key, ageGroup, pictures, token),
                    address,
                    terminal,
                    cancellationToken);
            }

            return SubmissionReport.Write(submission, key, Retry, terminal, parsed.GetValue(json));
        });
        return command;
    }

    // A key that was used before makes this a retry; a new one is written to newKeyFile. Kept is a key that is, or will
    // be, in a place other than this process.
    private static CaseKey FindKey(string? path, Terminal terminal, out string? newKeyFile, out bool isKept)
    {
        newKeyFile = null;
        isKept = true;
        if (path is not null)
        {
            if (CaseKeyFile.ReadIfPresent(path) is CaseKey written)
            {
                return written;
            }

            newKeyFile = path;
        }

        if (CaseKeySource.FromEnvironment(terminal) is CaseKey known)
        {
            return known;
        }

        isKept = newKeyFile is not null;
        return CaseKey.Create();
    }

    private static async Task<AgeGroup> FindAgeGroupAsync(
        bool under18, bool adult, Terminal terminal, CancellationToken cancellationToken)
    {
        if (under18 != adult)
        {
            return under18 ? AgeGroup.Under18 : AgeGroup.Adult;
        }

        if (under18 || !terminal.CanAsk)
        {
            throw CommandFailure.Usage(
                "Say --under-18 if the person was under 18 in at least one of the pictures, else --adult.");
        }

        return await terminal.ConfirmAsync(
            "Was the person under 18 in at least one of the pictures?", cancellationToken)
            ? AgeGroup.Under18
            : AgeGroup.Adult;
    }

    // Before anything is sent: whatever happens afterwards, the person can still withdraw what was registered.
    private static void Announce(CaseKey key, string? newKeyFile, bool isKept, Terminal terminal, bool json)
    {
        if (newKeyFile is not null)
        {
            CaseKeyFile.Write(newKeyFile, key);
        }

        if (json)
        {
            if (!isKept)
            {
                terminal.WriteLine(JsonLine.Of(new CaseKeyLine(key.ToText())));
            }
        }
        else
        {
            terminal.Say($"Your case key: {key.ToText()}");
            terminal.Say(
                "Keep it safe. With it, and only with it, you can see this case, add to it or withdraw it. "
                + "It cannot be recovered.");
        }
    }
}
