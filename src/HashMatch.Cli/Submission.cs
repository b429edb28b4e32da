using Grpc.Core;
using HashMatch.Cli.Lines;
using HashMatch.Client;
using HashMatch.Hashing;
using HashMatch.Protocol;
using Fingerprint = HashMatch.Hashing.Fingerprint;

namespace HashMatch.Cli;

/// <summary>Pictures on their way into a case: fingerprinted first, then sent, and accounted for one by one.</summary>
internal sealed class Submission
{
    private readonly List<HashedFile> _files;
    private readonly PictureLine[] _pictures;

    // Where each picture that is sent stands in _pictures.
    private readonly List<int> _sent = [];

    private Submission(List<HashedFile> files, RegisterViews views)
    {
        Views = views;
        _files = files;
        _pictures = [.. files.Select(file => file.Refusal is null ? new PictureLine(file.Path) : Refuse(file))];
        for (int i = 0; i < _pictures.Length; i++)
        {
            if (_pictures[i].Refused is null)
            {
                _sent.Add(i);
            }
        }
    }

    /// <summary>Which views of each picture it holds.</summary>
    public RegisterViews Views { get; }

    /// <summary>How many pictures can be sent.</summary>
    public int Count => _sent.Count;

    /// <summary>How many the service has acknowledged.</summary>
    public int Accepted => _pictures.Count(picture => picture.Picture is not null);

    /// <summary>How many were not taken.</summary>
    public int Refused => _pictures.Count(picture => picture.Refused is not null);

    /// <summary>Why sending ended before all were acknowledged; null if it did not.</summary>
    public CommandFailure? Failure { get; private set; }

    /// <summary>Each picture, in the order of the files.</summary>
    public IReadOnlyList<PictureLine> Pictures => _pictures;

    /// <summary>Lists the files for one case.</summary>
    /// <exception cref="CommandFailure">They are more than a case can hold.</exception>
    public static IReadOnlyList<FileEntry> ReadFiles(IReadOnlyList<string> arguments)
    {
        IReadOnlyList<FileEntry> files = FileList.Read(arguments);
        int count = files.Count(file => file.Refusal is null);
        if (count > CaseClient.MaxPicturesPerCase)
        {
            throw CommandFailure.Usage(
                $"These are {PlainText.Count(count, "picture")}; a case holds at most 1,000. Nothing was sent. "
                + "Choose fewer, or register several cases.");
        }

        return files;
    }

    /// <summary>Fingerprints the files, and says of each that is not taken why.</summary>
    public static async Task<Submission> PrepareAsync(
        IReadOnlyList<FileEntry> files,
        RegisterViews views,
        Terminal terminal,
        CancellationToken cancellationToken)
    {
        var pipeline = HashingPipeline.ToRegister(views);
        var hashed = new List<HashedFile>();
        using (var progress = new ProgressLine(terminal, "Fingerprinting", files.Count))
        {
            await foreach (HashedFile file in pipeline.RunAsync(files, cancellationToken))
            {
                FileRefusal? refusal = file.Refusal ?? (file.Views.Count > 0 ? null : FileRefusal.LowQuality);
                hashed.Add(file with { Refusal = refusal });
                if (refusal is not null)
                {
                    SayNotTaken(terminal, file.Path, refusal);
                }

                progress.Report(hashed.Count);
            }
        }

        return new Submission(hashed, views);
    }

    /// <summary>Sends the fingerprints, and notes each receipt as it comes. A failure is kept, not thrown.</summary>
    /// <param name="send">One of <see cref="CaseClient"/>'s calls.</param>
    /// <param name="server">For the sentence that says what failed.</param>
    /// <param name="terminal">Where to show progress.</param>
    /// <param name="cancellationToken">Ends the sending.</param>
    public async Task SendAsync(
        Func<IReadOnlyList<IReadOnlyList<Fingerprint>>, CancellationToken, IAsyncEnumerable<PictureReceipt>> send,
        Uri server,
        Terminal terminal,
        CancellationToken cancellationToken)
    {
        List<IReadOnlyList<Fingerprint>> fingerprints =
            [.. _sent.Select(index => _files[index].Views.Select(view => view.Fingerprint).ToArray())];
        int done = 0;
        using var progress = new ProgressLine(terminal, "Registering", fingerprints.Count);
        try
        {
            await foreach (PictureReceipt receipt in send(fingerprints, cancellationToken))
            {
                Note(_sent[done++], receipt, terminal);
                progress.Report(done);
            }
        }
        catch (RpcException) when (cancellationToken.IsCancellationRequested)
        {
            Failure = Interrupted();
        }
        catch (OperationCanceledException)
        {
            Failure = Interrupted();
        }
        catch (RpcException failure)
        {
            Failure = ServiceFailure.Of(failure, server);
        }
    }

    private static CommandFailure Interrupted() => new(ExitCodes.Interrupted, "Stopped.") { IsPassing = true };

    private static PictureLine Refuse(HashedFile file) =>
        new(file.Path, Refused: file.Refusal!.Reason, Message: file.Refusal.Message);

    private static void SayNotTaken(Terminal terminal, string path, FileRefusal refusal) =>
        terminal.Warn($"Not taken: {PlainText.Of(path)}. {refusal.Message}");

    private void Note(int index, PictureReceipt receipt, Terminal terminal)
    {
        FileRefusal? refusal = receipt.Refusal switch
        {
            PictureRefusal.Unspecified => null,
            PictureRefusal.LowQuality => FileRefusal.LowQuality,
            PictureRefusal.CaseFull => FileRefusal.CaseFull,
            PictureRefusal.TooManyFingerprints => FileRefusal.HeldOftenEnough,
            _ => FileRefusal.NotAPicture,
        };
        string path = _files[index].Path;
        if (refusal is null)
        {
            _pictures[index] = new PictureLine(path, Picture: (int)receipt.Number);
        }
        else
        {
            _pictures[index] = new PictureLine(path, Refused: refusal.Reason, Message: refusal.Message);
            SayNotTaken(terminal, path, refusal);
        }
    }
}
