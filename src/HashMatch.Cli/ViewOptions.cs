using System.CommandLine;
using HashMatch.Hashing;

namespace HashMatch.Cli;

/// <summary>The option <c>--views</c>: in how many ways pictures are looked at.</summary>
internal static class ViewOptions
{
    private const string Name = "--views";

    /// <summary>Which views are looked up; null if it is not said.</summary>
    public static Option<QueryViews?> ToQuery() => new(Name)
    {
        HelpName = "plain|turned|wide",
        Description = "wide (default for pictures) looks for cropped, framed and turned copies and negatives too, and "
            + "says how sure each match is, strong or review; turned looks for mirrored copies and those turned by 90 "
            + "degrees; plain asks for the one hash of each picture, as for hashes from standard input.",
        CustomParser = result =>
        {
            switch (result.Tokens[0].Value)
            {
                case "plain":
                    return QueryViews.Plain;
                case "turned":
                    return QueryViews.Turned;
                case "wide":
                    return QueryViews.Wide;
                default:
                    result.AddError($"{Name} takes plain, turned or wide.");
                    return null;
            }
        },
    };

    /// <summary>Which views are registered.</summary>
    public static Option<RegisterViews> ToRegister() => new(Name)
    {
        HelpName = "plain|wide",
        Description = "wide (default) registers up to 16 hashes of each picture, so that cropped, framed, turned and "
            + "captioned copies are found too; they say more about the picture than the one hash of plain, which finds "
            + "it resized or recompressed.",
        DefaultValueFactory = _ => RegisterViews.Wide,
        CustomParser = result =>
        {
            switch (result.Tokens[0].Value)
            {
                case "plain":
                    return RegisterViews.Plain;
                case "wide":
                    return RegisterViews.Wide;
                default:
                    result.AddError($"{Name} takes plain or wide.");
                    return default;
            }
        },
    };
}
