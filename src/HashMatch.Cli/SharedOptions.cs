using System.CommandLine;

namespace HashMatch.Cli;

/// <summary>Options and arguments that several commands have, always with the same name and meaning.</summary>
internal static class SharedOptions
{
    public const string FilesName = "FILE|FOLDER";
    public const string ServerName = "--server";

    public static Argument<string[]> Files() => new(FilesName)
    {
        Arity = ArgumentArity.OneOrMore,
        Description = "Pictures, and folders that are searched for pictures.",
    };

    public static Option<bool> Json() => new("--json")
    {
        Description = "Write the results as JSON, one object a line.",
    };

    public static Option<string?> Server() => new(ServerName)
    {
        HelpName = "URL",
        Description = $"The service's address. Otherwise {ServerAddress.Variable}, or {ServerAddress.Default}.",
    };

    public static Option<string?> ApiKeyFile() => new("--api-key-file")
    {
        HelpName = "PATH",
        Description = $"A file that holds the platform's API key. Otherwise {ApiKeySource.Variable}.",
    };

    public static Option<string?> CaseKeyFile(string description) => new("--case-key-file")
    {
        HelpName = "PATH",
        Description = description,
    };

    public static Option<string?> ExistingCaseKeyFile() => CaseKeyFile(
        $"A file that holds the case key. Otherwise {CaseKeySource.Variable}, or you are asked for it.");

    /// <summary>A whole number within a range, refused with a sentence that does not repeat what was typed.</summary>
    public static Option<int?> Number(string name, int least, int most, string description)
    {
        string range = most == int.MaxValue
            ? $"a whole number from {least}"
            : $"a whole number from {least} to {most}";
        return new Option<int?>(name)
        {
            HelpName = "N",
            Description = description,
            CustomParser = result =>
            {
                bool isNumber = int.TryParse(
                    result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number);
                if (!isNumber || number < least || number > most)
                {
                    result.AddError($"{name} takes {range}.");
                    return null;
                }

                return number;
            },
        };
    }
}
