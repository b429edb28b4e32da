using System.CommandLine;
using HashMatch.Cli.Lines;
using HashMatch.Hashing;

namespace HashMatch.Cli.Commands;

/// <summary><c>hashmatch hash</c>: prints fingerprints. Nothing is sent.</summary>
internal static class HashCommand
{
    public static Command Create(Terminal terminal)
    {
        Argument<string[]> files = SharedOptions.Files();
        Option<bool> json = SharedOptions.Json();
        var mode = new Option<PdqMode>("--mode")
        {
            HelpName = "full|stretch512",
            Description = "full (default), as partner lists are made; stretch512, as the C++ and WASM tools hash.",
            CustomParser = result =>
            {
                switch (result.Tokens[0].Value)
                {
                    case "full":
                        return PdqMode.FullResolution;
                    case "stretch512":
                        return PdqMode.Stretch512;
                    default:
                        result.AddError("--mode takes full or stretch512.");
                        return default;
                }
            },
        };
        var dihedral = new Option<bool>("--dihedral")
        {
            Description = "Also give the hashes of the picture turned and mirrored: 8 in all.",
        };
        var command = new Command("hash", "Print the fingerprints of pictures. Nothing is sent.")
        {
            files, mode, dihedral, json,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            terminal,
            FileList.Read(parsed.GetRequiredValue(files)),
            HashingPipeline.OfWhole(parsed.GetValue(mode), parsed.GetValue(dihedral)),
            parsed.GetValue(json),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        Terminal terminal,
        IReadOnlyList<FileEntry> files,
        HashingPipeline pipeline,
        bool json,
        CancellationToken cancellationToken)
    {
        int done = 0;
        bool isRefused = false;
        using var progress = new ProgressLine(terminal, "Fingerprinting", files.Count);
        await foreach (HashedFile file in pipeline.RunAsync(files, cancellationToken))
        {
            isRefused |= file.Refusal is not null;
            if (json)
            {
                terminal.WriteLine(JsonLine.Of(ToLine(file)));
            }
            else
            {
                WriteText(terminal, file);
            }

            if (file.Refusal is null && !file.Views[0].Fingerprint.IsUsable)
            {
                terminal.Warn($"{PlainText.Of(file.Path)}: This picture has too little detail to be told from others.");
            }

            progress.Report(++done);
        }

        return isRefused ? ExitCodes.Refused : ExitCodes.Done;
    }

    private static HashLine ToLine(HashedFile file) =>
        file.Refusal is FileRefusal refusal
            ? new HashLine(file.Path, Refused: refusal.Reason, Message: refusal.Message)
            : new HashLine(
                file.Path,
                file.Views[0].Fingerprint.Hash.ToHex(),
                file.Views[0].Fingerprint.Quality,
                file.Views.Count > 1 ? [.. file.Views.Select(view => view.Fingerprint.Hash.ToHex())] : null);

    // The columns of the reference tools, so that other programs can read them. The name comes last: it may hold
    // commas.
    private static void WriteText(Terminal terminal, HashedFile file)
    {
        string name = PlainText.Of(file.Path);
        if (file.Refusal is not null)
        {
            terminal.Warn($"{name}: {file.Refusal.Message}");
            return;
        }

        foreach (PictureView view in file.Views)
        {
            Fingerprint print = view.Fingerprint;
            terminal.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"{print.Hash.ToHex()},{print.Quality},{name}"));
        }
    }
}
