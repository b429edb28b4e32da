using System.CommandLine;
using HashMatch.Matching;
using HashMatch.Protocol;
using HashMatch.Service.Cases;
using HashMatch.Service.Matching;
using HashMatch.Service.Storage;

namespace HashMatch.Service.Operations;

/// <summary>
/// <c>import FILE</c>: registers a plain list of hashes as one case, so that it can be withdrawn as one.
/// </summary>
public static class ImportCommand
{
    private const string KeyVariable = "HASHMATCH_CASE_KEY";
    private const int HashesPerTransaction = 100_000;
    private const int NamedLines = 10;

    public static Command Create()
    {
        var file = new Argument<FileInfo>("file")
        {
            Description = "A hash a line: \"pdq HEX\", \"HEX\" or \"HEX,QUALITY,FILENAME\".",
        };
        var command = new Command(
            "import",
            $"Register a plain list of hashes as one case and print its case key. Set {KeyVariable} to go on with a "
                + "case.")
        {
            file,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(file)!, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(FileInfo file, CancellationToken cancellationToken)
    {
        if (!file.Exists)
        {
            await Console.Error.WriteLineAsync("There is no such file.");
            return ExitCodes.Usage;
        }

        string? given = Environment.GetEnvironmentVariable(KeyVariable);
        var key = CaseKey.Create();
        if (!string.IsNullOrEmpty(given) && !CaseKey.TryParse(given, out key))
        {
            await Console.Error.WriteLineAsync($"{KeyVariable} holds no case key. Check it for typing mistakes.");
            return ExitCodes.Usage;
        }

        await using WebApplication app = Program.Build([]);
        await app.Services.PrepareStorageAsync(cancellationToken);

        // Before the first row, so that an import that breaks off can be gone on with or withdrawn.
        Console.WriteLine(key.ToText());
        (int read, int refused) = await ImportAsync(app.Services, key, file, cancellationToken);
        await app.Services.GetRequiredService<Sequencer>().MergeAsync(cancellationToken);
        await Console.Error.WriteLineAsync($"{read} hashes imported, {refused} lines refused.");
        return refused > 0 ? ExitCodes.Refused : ExitCodes.Done;
    }

    private static async Task<(int Read, int Refused)> ImportAsync(
        IServiceProvider services, CaseKey key, FileInfo file, CancellationToken cancellationToken)
    {
        BulkRegistration registration = services.GetRequiredService<BulkRegistration>();
        var batch = new List<Hash256>(HashesPerTransaction);
        int read = 0;
        int refused = 0;
        using var list = new StreamReader(file.FullName);
        await foreach (HashListLine line in HashListReader.ReadAsync(list, cancellationToken))
        {
            if (Refusal(line) is string reason)
            {
                if (++refused <= NamedLines)
                {
                    await Console.Error.WriteLineAsync($"Line {line.Number} is refused: {reason}.");
                }

                continue;
            }

            batch.Add(line.Hash!.Value);
            if (batch.Count == HashesPerTransaction)
            {
                read += await registration.AddAsync(key, batch, cancellationToken);
                batch.Clear();
                await Console.Error.WriteLineAsync($"{read} hashes so far ...");
            }
        }

        if (batch.Count > 0)
        {
            read += await registration.AddAsync(key, batch, cancellationToken);
        }

        return (read, refused);
    }

    private static string? Refusal(HashListLine line) => line.Hash is not Hash256 hash ? "not a hash"
        : line.Quality < CaseLimits.MinimumQuality ? "its quality is below 50"
        : !HashScreen.LooksLikePdq(hash) ? "not what PDQ makes of a picture"
        : null;
}
