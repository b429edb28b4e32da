using System.CommandLine;
using HashMatch.Benchmarks.Recall.Edits;
using HashMatch.Benchmarks.Recall.Hashes;
using HashMatch.Benchmarks.Recall.Report;

namespace HashMatch.Benchmarks.Recall;

/// <summary><c>recall</c>: how many edited copies are found, and how many other pictures by mistake.</summary>
internal static class RecallCommand
{
    public const string Name = "recall";

    private const int Failed = 1;
    private const int Interrupted = 130;

    private static readonly Option<DirectoryInfo> Photos = new("--photos")
    {
        Description = "A folder of different photos; only read.",
        Required = true,
    };

    private static readonly Option<FileInfo> EditsFile = new("--edits")
    {
        Description = "The specification of the edits (JSON); off-grid.json beside this tool's sources is another.",
        Required = true,
    };

    private static readonly Option<string> Register = Choice("--register", ViewSets.ForRegister);

    private static readonly Option<string> Query = Choice("--query", ViewSets.ForQuery);

    private static readonly Option<DirectoryInfo> Out = new("--out")
    {
        Description = "Where the report goes, and the cache that lets a broken-off run go on.",
        DefaultValueFactory = _ => new DirectoryInfo("recall-report"),
    };

    private static readonly Option<FileInfo?> Calibrate = new("--calibrate")
    {
        Description = "Instead of a report: write the distances of the tiers to this file.",
    };

    private static readonly Option<DirectoryInfo?> Charts = new("--charts")
    {
        Description = "Writes two of the charts to this folder too, as found.svg and wrong.svg.",
    };

    private static readonly Option<int> Workers = new("--workers")
    {
        Description = "How many threads edit and hash; as many as there are processors unless said otherwise.",
        DefaultValueFactory = _ => Environment.ProcessorCount,
    };

    private static readonly Option<bool> Json = new("--json")
    {
        Description = "One line of JSON on standard output in place of the table.",
    };

    public static Command Create()
    {
        Workers.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: string text }]
                && (!int.TryParse(text, out int count) || count is < 1 or > 64))
            {
                result.AddError("--workers must be a number from 1 to 64.");
            }
        });
        var command = new Command(
            Name, "Makes edited copies of photos and reports which are found, and what else is.")
        {
            Photos, EditsFile, Register, Query, Out, Calibrate, Charts, Workers, Json,
        };
        command.SetAction(async (parsed, cancel) =>
        {
            try
            {
                return await Task.Run(() => Run(parsed, cancel), CancellationToken.None);
            }
            catch (RecallFailure failure)
            {
                await Console.Error.WriteLineAsync(failure.Message);
                return Failed;
            }
            catch (OperationCanceledException)
            {
                await Console.Error.WriteLineAsync("\nBroken off. The same command goes on from here.");
                return Interrupted;
            }
        });
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken cancel)
    {
        IReadOnlyList<Edit> edits = EditList.Read(parsed.GetValue(EditsFile)!.FullName);
        IReadOnlyList<Photo> photos = Photo.ReadFolder(parsed.GetValue(Photos)!.FullName);
        string folder = parsed.GetValue(Out)!.FullName;
        var progress = new Progress(Console.Error, !Console.IsErrorRedirected);
        using var cache = HashCache.Open(Path.Combine(folder, "hashes.cache"));
        var run = new RecallRun(photos, edits, progress, parsed.GetValue(Workers), cancel);
        if (parsed.GetValue(Calibrate) is { } file)
        {
            Calibration calibration = run.Calibrate(cache);
            Write(file.FullName, calibration.ToJson());
            Console.WriteLine(parsed.GetValue(Json) ? JsonReport.OneLineOf(calibration) : TextReport.Of(calibration));
            return 0;
        }

        RecallReport report = run.Compare(
            Chosen(ViewSets.ForRegister, parsed.GetValue(Register)!),
            Chosen(ViewSets.ForQuery, parsed.GetValue(Query)!),
            cache);
        string page = Path.Combine(folder, "recall.html");
        Write(Path.Combine(folder, "recall.json"), JsonReport.Whole(report));
        Write(Path.Combine(folder, "recall.csv"), CsvReport.Recall(report));
        Write(Path.Combine(folder, "wrong-pairs.csv"), CsvReport.WrongPairs(report));
        Write(page, HtmlReport.Of(report));
        if (parsed.GetValue(Charts) is { } charts)
        {
            charts.Create();
            Write(Path.Combine(charts.FullName, "found.svg"), RecallSections.ChartOfAll(report).RenderFile());
            Write(Path.Combine(charts.FullName, "wrong.svg"), WrongSections.TailChart(report).RenderFile());
        }

        Console.WriteLine(
            parsed.GetValue(Json) ? JsonReport.Summary(report, folder) : $"{TextReport.Of(report)}\n\n{page}");
        return 0;
    }

    private static ViewSet Chosen(IReadOnlyList<ViewSet> sets, string name) => sets.First(set => set.Name == name);

    // Whole or not at all: under another name first.
    private static void Write(string path, string text)
    {
        try
        {
            File.WriteAllText(path + ".new", text);
            File.Move(path + ".new", path, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new RecallFailure($"{path} cannot be written: {failure.Message}");
        }
    }

    private static Option<string> Choice(string name, IReadOnlyList<ViewSet> sets)
    {
        string names = string.Join(", ", sets.Select(set => set.Name));
        var option = new Option<string>(name)
        {
            Description = $"The set of hashes: {names}.",
            DefaultValueFactory = _ => sets[0].Name,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: string text }] && sets.All(set => set.Name != text))
            {
                result.AddError($"{name} must be one of: {names}.");
            }
        });
        return option;
    }
}
