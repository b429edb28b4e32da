using System.CommandLine;
using HashMatch.Cli.Lines;
using HashMatch.Client;
using HashMatch.Protocol;

namespace HashMatch.Cli.Commands;

/// <summary><c>hashmatch withdraw</c>: takes one picture, or a whole case, off the list.</summary>
internal static class WithdrawCommand
{
    public static Command Create(Terminal terminal)
    {
        Option<int?> picture = SharedOptions.Number(
            "--picture", 1, int.MaxValue, "Withdraw only the picture of this number (see hashmatch status).");
        var yes = new Option<bool>("--yes")
        {
            Description = "Do not ask whether to withdraw the whole case.",
        };
        Option<string?> server = SharedOptions.Server();
        Option<bool> json = SharedOptions.Json();
        Option<string?> keyFile = SharedOptions.ExistingCaseKeyFile();
        var command = new Command(
            "withdraw", "Withdraw a case, or one picture of it: it is not looked for any more, and its hashes are "
                + "erased.")
        {
            picture, yes, keyFile, server, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            Uri address = ServerAddress.Find(parsed.GetValue(server), terminal);
            int? number = parsed.GetValue(picture);
            CaseKey key = await CaseKeySource.FindAsync(parsed.GetValue(keyFile), terminal, cancellationToken);
            if (number is null && !parsed.GetValue(yes) && terminal.CanAsk
                && !await terminal.ConfirmAsync(
                    "Withdraw the whole case? Its pictures are not looked for any more. This cannot be undone.",
                    cancellationToken))
            {
                terminal.Say("Nothing was withdrawn.");
                return ExitCodes.Negative;
            }

            using var client = new CaseClient(address);
            int withdrawn = number is int one
                ? await client.WithdrawPictureAsync(key, one, cancellationToken)
                : await client.WithdrawAsync(key, cancellationToken);
            terminal.WriteLine(parsed.GetValue(json) ? JsonLine.Of(new WithdrawalLine(withdrawn)) : Text(withdrawn));
            return ExitCodes.Done;
        });
        return command;
    }

    private static string Text(int withdrawn) =>
        withdrawn == 0
            ? "There was nothing left to withdraw: it had been withdrawn before."
            : $"Withdrawn: {PlainText.Count(withdrawn, "picture")}. The hashes are erased.";
}
