namespace HashMatch.Cli;

/// <summary>Texts from outside, such as file names and what a service says, made safe to show on a terminal.</summary>
internal static class PlainText
{
    /// <summary>Replaces control characters, with which a name could forge lines or steer the terminal.</summary>
    public static string Of(string text) =>
        text.Any(char.IsControl)
            ? string.Create(text.Length, text, (target, source) =>
            {
                for (int i = 0; i < target.Length; i++)
                {
                    target[i] = char.IsControl(source[i]) ? '?' : source[i];
                }
            })
            : text;

    /// <summary>Writes a number and its noun: "1 picture", "2,000 pictures".</summary>
    public static string Count(int number, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{number:N0} {noun}{(number == 1 ? "" : Plural(noun))}");

    /// <summary>The name in an argument that looks like an option: its value may be a secret.</summary>
    public static string OptionName(string argument) => Of(argument.Split('=', ':')[0]);

    private static string Plural(string noun) => noun.EndsWith("ch", StringComparison.Ordinal) ? "es" : "s";
}
