using System.CommandLine;
using HashMatch.Service.Platforms;
using HashMatch.Service.Storage;

namespace HashMatch.Service.Operations;

/// <summary><c>platforms add NAME --scope SCOPE...</c>, <c>platforms list</c>, <c>platforms revoke NAME</c>.</summary>
public static class PlatformCommands
{
    public static Command Create() =>
        new("platforms", "Make, list and revoke the platforms that may call the match API.")
    {
        CreateAdd(),
        CreateList(),
        CreateRevoke(),
    };

    private static Command CreateAdd()
    {
        Argument<string> name = CreateName();
        var scopes = new Option<PlatformScopes[]>("--scope")
        {
            Description = "What its key may be used for: match, distance, mirror, feedback, admin. May be repeated.",
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [PlatformScopes.Match],
        };
        scopes.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => !IsScope(token.Value)))
            {
                result.AddError("A scope is one of: match, distance, mirror, feedback, admin.");
            }
        });
        var command = new Command("add", "Make a platform and print its API key, which is shown only this once.")
        {
            name,
            scopes,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            PlatformRegistry registry = await OpenAsync(cancellationToken);
            PlatformScopes granted = parsed.GetValue(scopes)!.Aggregate((all, one) => all | one);
            ApiKey? key = await registry.AddAsync(parsed.GetValue(name)!, granted, cancellationToken);
            if (key is null)
            {
                await Console.Error.WriteLineAsync("There is a platform of this name already. Choose another name.");
                return ExitCodes.Negative;
            }

            Console.WriteLine(key.ToText());
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command CreateList()
    {
        var command = new Command("list", "List all platforms: name, scopes, day made, day revoked.");
        command.SetAction(async (_, cancellationToken) =>
        {
            PlatformRegistry registry = await OpenAsync(cancellationToken);
            foreach (Platform platform in await registry.ListAsync(cancellationToken))
            {
                string scopes = platform.Scopes.ToString().Replace(" ", "", StringComparison.Ordinal);
                Console.WriteLine(string.Join(
                    '\t',
                    platform.Name,
                    scopes.ToLowerInvariant(),
                    platform.CreatedDay.ToString("O"),
                    platform.RevokedDay is DateOnly day ? $"revoked {day:O}" : "active"));
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static Command CreateRevoke()
    {
        Argument<string> name = CreateName();
        var command =
            new Command("revoke", "Revoke all keys of a platform, for good. Calls fail within seconds.") { name };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            PlatformRegistry registry = await OpenAsync(cancellationToken);
            if (await registry.RevokeAsync(parsed.GetValue(name)!, cancellationToken))
            {
                return ExitCodes.Done;
            }

            await Console.Error.WriteLineAsync("There is no platform of this name. See: platforms list");
            return ExitCodes.Negative;
        });
        return command;
    }

    private static Argument<string> CreateName()
    {
        var name = new Argument<string>("name") { Description = "The platform's name: 1 to 64 printable characters." };
        name.Validators.Add(result =>
        {
            string value = result.GetValueOrDefault<string>();
            if (string.IsNullOrWhiteSpace(value)
                || value.Length > PlatformRegistry.MaxNameLength
                || value.Any(char.IsControl))
            {
                result.AddError("A name has 1 to 64 printable characters.");
            }
        });
        return name;
    }

    // Enum names only: a number would name a scope that does not exist.
    private static bool IsScope(string text) =>
        text.All(char.IsLetter)
        && Enum.TryParse(text, ignoreCase: true, out PlatformScopes scope)
        && scope != PlatformScopes.None;

    private static async Task<PlatformRegistry> OpenAsync(CancellationToken cancellationToken)
    {
        WebApplication app = Program.Build([]);
        await app.Services.PrepareStorageAsync(cancellationToken);
        return app.Services.GetRequiredService<PlatformRegistry>();
    }
}
