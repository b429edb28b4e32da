using System.Text.RegularExpressions;

namespace HashMatch.Tests.House;

public sealed class SourceRulesTests
{
    private const int MaxLines = 400;
    private const int MaxColumns = 120;

    private const string LoggingCall =
        @"(?<!\bMath)\.Log(Trace|Debug|Information|Warning|Error|Critical)?\s*\(|\bLoggerMessage\b";

    private const string SensitiveParameter =
        @"\[LoggerMessage\b(?:(?!\bvoid\b)[\s\S])*\bvoid\s+\w+\s*\([^)]*\b(Hash256|byte\s*\[\]|"
        + @"\w*Span<byte>|\w*Memory<byte>|ByteString|CaseKey|IPAddress|\w*EndPoint|HttpContext|ServerCallContext)";

    private const string VagueName =
        @"^[^/""]*\b(class|struct|record|interface|enum)\s+\w*(Manager|Helpers?|Utils?|Impl|Base)\b";

    // A filter that lists the kinds of exception catches those only.
    private const string CatchesEverything =
        @"\bcatch\s*(\(\s*(System\.)?Exception\b[^)]*\)(?!\s*when\s*\(\s*\w+\s+is\s+(?!not\b))|"
        + @"(?=when\b|\{))";

    private const string MachinePath = @"(?<![\w.~)}])/(home|work|root|Users)/\w|\b[A-Za-z]:\\Users\\";

    private const string RegistryAddress = @"""resolved""\s*:\s*""https?:";

    [Fact]
    public void Service_LoggingCalls_AreAllInLog() =>
        AssertNone(
            LoggingCall,
            Repository.FilesIn("src/HashMatch.Service", ".cs").Where(file => !IsNamed(file, "Log.cs")));

    [Fact]
    public void Service_LogMessages_TakeNothingSensitive() =>
        AssertNone(SensitiveParameter, Repository.FilesIn("src", ".cs"));

    [Fact]
    public void Sources_TypeNames_SayWhatTheyAre() =>
        AssertNone(
            VagueName,
            Repository.FilesIn("src", ".cs").Where(file => !file.StartsWith("src/stand-ins/")));

    [Fact]
    public void Sources_CatchOfEverything_IsOnlyInRefusals() =>
        AssertNone(CatchesEverything, Repository.FilesIn("src", ".cs").Where(file => !IsNamed(file, "Refusals.cs")));

    [Fact]
    public void Sources_Files_AreShort()
    {
        string[] extensions = [".cs", ".ts", ".css", ".html", ".sql"];

        IEnumerable<string> tooLong = Repository.FilesIn("src", "")
            .Where(file => extensions.Contains(Path.GetExtension(file)))
            .Where(file => File.ReadLines(Path.Combine(Repository.Root, file)).Count() > MaxLines);

        Assert.Empty(tooLong);
    }

    [Fact]
    public void Sources_Lines_AreWithinTheColumns()
    {
        string[] extensions = [".cs", ".proto", ".sh"];

        IEnumerable<string> tooLong =
            from file in Repository.Files
            where extensions.Contains(Path.GetExtension(file))
            from line in File.ReadLines(Path.Combine(Repository.Root, file)).Index()
            where line.Item.Length > MaxColumns
            select $"{file}:{line.Index + 1}";

        Assert.Empty(tooLong);
    }

    [Fact]
    public void Repository_Text_NamesNoMachineAndNoRegistry()
    {
        string[] binary = [".png", ".jpg", ".webp", ".gif", ".tif", ".heic", ".avif", ".snk", ".bin", ".mp4"];
        string[] text = [.. Repository.Files.Where(file => !binary.Contains(Path.GetExtension(file)))];

        AssertNone(MachinePath, text);
        AssertNone(RegistryAddress, text);
        Assert.DoesNotContain(text, file => IsNamed(file, "nuget.config") || IsNamed(file, ".npmrc"));
    }

    [Fact]
    public void Repository_TopLevel_HoldsOnlyWhatBelongsThere()
    {
        string[] permitted =
        [
            "src", "tests", "benchmarks", "protos", "docs", "HashMatch.sln", "README.md", "CONTRIBUTING.md", "LICENSE",
            "docker-compose.yml",
        ];

        IEnumerable<string> others = Repository.Files.Select(file => file.Split('/')[0]).Distinct()
            .Where(entry => !permitted.Contains(entry) && !entry.StartsWith('.')
                && Path.GetExtension(entry) is not (".props" or ".json"));

        Assert.Empty(others);
    }

    [Theory]
    [InlineData(LoggingCall, "logger.LogInformation(\"x\");", true)]
    [InlineData(LoggingCall, "_logger.Log(LogLevel.Error, \"x\");", true)]
    [InlineData(LoggingCall, "LoggerMessage.Define(LogLevel.Error, 1, \"x\");", true)]
    [InlineData(LoggingCall, "Log.Started(logger); double x = Math.Log(2);", false)]
    [InlineData(SensitiveParameter, "[LoggerMessage(1)] partial void A(ILogger l, Hash256 h);", true)]
    [InlineData(SensitiveParameter, "[LoggerMessage(1)] partial void A(ILogger l, byte[] h);", true)]
    [InlineData(SensitiveParameter, "[LoggerMessage(\n1)]\nstatic partial void A(\nILogger l,\nCaseKey k);", true)]
    [InlineData(SensitiveParameter, "[LoggerMessage(1, \"a; b\")] partial void A(ILogger l, IPEndPoint p);", true)]
    [InlineData(SensitiveParameter, "[LoggerMessage(1)] partial void A(ILogger l, int n); void B(Hash256 h);", false)]
    [InlineData(VagueName, "internal static class PathHelpers", true)]
    [InlineData(VagueName, "public record struct CaseBase(int A)", true)]
    [InlineData(VagueName, "public sealed class Database", false)]
    [InlineData(CatchesEverything, "try { } catch { }", true)]
    [InlineData(CatchesEverything, "catch (Exception error)\n{", true)]
    [InlineData(CatchesEverything, "catch (Exception error) when (error is not IOException)", true)]
    [InlineData(CatchesEverything, "catch (Exception error) when (Ignored(error))", true)]
    [InlineData(CatchesEverything, "catch (Exception error)\n when (error is IOException or DbException)", false)]
    [InlineData(CatchesEverything, "catch when (Ignored())", true)]
    [InlineData(CatchesEverything, "catch\n{\n    return;\n}", true)]
    [InlineData(CatchesEverything, "catch\n{\n    handle.Dispose();\n    throw;\n}", true)]
    [InlineData(CatchesEverything, "catch (IOException)", false)]
    [InlineData(MachinePath, "see /ho" + "me/user/file", true)]
    [InlineData(MachinePath, "https://example.org/home/page", false)]
    [InlineData(RegistryAddress, "\"resolved\": \"ht" + "tps://registry.example/a.tgz\"", true)]
    [InlineData(RegistryAddress, "\"resolved\": \"1.2.3\"", false)]
    public void Rules_MadeUpText_IsSeenWhereItBreaksOne(string rule, string text, bool breaks) =>
        Assert.Equal(breaks, Regex.IsMatch(text, rule, RegexOptions.Multiline));

    private static bool IsNamed(string file, string name) =>
        Path.GetFileName(file).Equals(name, StringComparison.OrdinalIgnoreCase);

    private static void AssertNone(string rule, IEnumerable<string> files)
    {
        var regex = new Regex(rule, RegexOptions.Multiline);

        Assert.Empty(
            from file in files
            let text = Repository.Read(file)
            from Match match in regex.Matches(text)
            select $"{file}:{text.AsSpan(0, match.Index).Count('\n') + 1}: {match.Value.Trim()}");
    }
}
