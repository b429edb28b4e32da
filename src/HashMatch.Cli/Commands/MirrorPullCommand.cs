using System.CommandLine;
using HashMatch.Cli.Lines;
using HashMatch.Client;

namespace HashMatch.Cli.Commands;

/// <summary><c>hashmatch mirror pull</c>: brings a mirror up to the feed's end, once or as long as it runs.</summary>
internal static class MirrorPullCommand
{
    public static Command Create(Terminal terminal)
    {
        Argument<string> folder = MirrorCommand.Folder();
        Option<string?> server = SharedOptions.Server();
        Option<bool> json = SharedOptions.Json();
        Option<string?> keyFile = SharedOptions.ApiKeyFile();
        var key = new Option<string?>("--key-id")
        {
            HelpName = "HEX",
            Description = "The id of the service's signing key, as its operator tells it. Otherwise the key that it "
                + "has at the first pull is trusted from then on.",
        };
        var follow = new Option<bool>("--follow")
        {
            Description = "Go on following the feed until Ctrl-C.",
        };
        var command = new Command("pull", "Take the list, or what has changed of it, from the service.")
        {
            folder, key, follow, keyFile, server, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            Uri address = ServerAddress.Find(parsed.GetValue(server), terminal);
            string apiKey = await ApiKeySource.FindAsync(parsed.GetValue(keyFile), terminal, cancellationToken);
            var options = new HashListMirrorOptions
            {
                Server = address,
                ApiKey = apiKey,
                Folder = parsed.GetRequiredValue(folder),
                Key = CheckKey(parsed.GetValue(key)),
            };
            terminal.Say($"Taking the list from {address.Authority}.");
            await using HashListMirror mirror = await HashListMirror.OpenAsync(options, cancellationToken);
            await mirror.PullAsync(cancellationToken);
            MirrorCommand.Write(ToLine(mirror.Status, following: null), terminal, parsed.GetValue(json));
            if (parsed.GetValue(follow))
            {
                await FollowAsync(mirror, terminal, parsed.GetValue(json), cancellationToken);
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task FollowAsync(
        HashListMirror mirror, Terminal terminal, bool json, CancellationToken cancellationToken)
    {
        terminal.Say("Following. Ctrl-C ends it.");
        ulong position = mirror.Status.Position;
        string? lastError = null;
        mirror.Changed += (_, _) => Tell(mirror.Status);
        await mirror.FollowAsync(cancellationToken);

        void Tell(HashListMirrorStatus status)
        {
            if (status.LastError != lastError)
            {
                lastError = status.LastError;
                terminal.Say(lastError is null ? "Following again." : PlainText.Of(lastError));
            }

            if (status.Position == position)
            {
                return;
            }

            position = status.Position;
            if (json)
            {
                MirrorCommand.Write(ToLine(status, status.IsFollowing), terminal, json);
            }
            else
            {
                terminal.Say(string.Create(
                    CultureInfo.InvariantCulture, $"Position {status.Position:N0}, {status.LiveCount:N0} entries."));
            }
        }
    }

    private static MirrorLine ToLine(HashListMirrorStatus status, bool? following) => new(
        status.Epoch,
        status.Position,
        status.LiveCount,
        MirrorCommand.Day(status.CheckpointDay),
        status.KeyId,
        following,
        status.LastError);

    private static string? CheckKey(string? key) =>
        key is null || (key.Length is 64 or 128 && key.All(char.IsAsciiHexDigit))
            ? key
            : throw CommandFailure.Usage("--key-id takes 64 hexadecimal digits.");
}
