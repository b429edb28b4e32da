using System.CommandLine;
using HashMatch.Protocol;
using HashMatch.Service.Feed;

namespace HashMatch.Service.Operations;

/// <summary><c>keys list</c>, <c>keys rotate</c>: the keys that sign the feed.</summary>
public static class KeysCommands
{
    public static Command Create() => new("keys", "List and rotate the keys that sign the feed.")
    {
        CreateOne(
            "list",
            "List the keys' ids, the one in use last: SHA-256 of the public point. Mirrors pin such an id.",
            keys => keys.Current()),
        CreateOne(
            "rotate",
            "Make a new key, signed by the one in use, and list all. A running service follows at once.",
            keys => keys.Rotate()),
    };

    private static Command CreateOne(string name, string description, Func<SigningKeys, SigningKeyRing> act)
    {
        var command = new Command(name, description);
        command.SetAction(async (_, _) =>
        {
            await using WebApplication app = Program.Build([]);
            foreach (SigningKey key in act(app.Services.GetRequiredService<SigningKeys>()).Keys)
            {
                Console.WriteLine(Convert.ToHexStringLower(SigningKeyRing.Id(key)));
            }

            return ExitCodes.Done;
        });
        return command;
    }
}
