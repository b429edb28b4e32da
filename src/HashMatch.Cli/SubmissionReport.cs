using HashMatch.Cli.Lines;
using HashMatch.Hashing;
using HashMatch.Protocol;

namespace HashMatch.Cli;

/// <summary>Tells what became of a submission, and gives the exit code.</summary>
internal static class SubmissionReport
{
    private const string NothingSent = "No picture could be taken, so nothing was sent.";

    private const string Wide = "Views: wide. Cropped, framed and turned copies are looked for too; the up to 16 "
        + "hashes of a picture say more about it than one does.";

    private const string Plain = "Views: plain. Resized and recompressed copies are looked for; cropped, framed and "
        + "turned ones mostly only where a platform tries such changes.";

    /// <summary>Writes the report.</summary>
    /// <param name="submission">What was sent, or could not be.</param>
    /// <param name="newKey">The key to tell; null if the person has it already.</param>
    /// <param name="retry">What to do after a failure.</param>
    /// <param name="terminal">Where to write.</param>
    /// <param name="json">Whether programs read it.</param>
    public static int Write(Submission submission, CaseKey? newKey, string retry, Terminal terminal, bool json)
    {
        CommandFailure? failure = submission.Failure;
        if (json)
        {
            string? key = submission.Count == 0 ? null : newKey?.ToText();
            terminal.WriteLine(JsonLine.Of(
                new SubmissionLine(
                    key, submission.Accepted, submission.Refused, submission.Pictures, failure?.Message)));
        }
        else
        {
            WriteText(submission, newKey, terminal);
        }

        if (submission.Count == 0)
        {
            terminal.Warn(NothingSent);
        }
        else if (failure is not null)
        {
            terminal.Warn(failure.Message);
            string advice = failure.IsPassing ? " " + retry : "";
            terminal.Say(
                $"{PlainText.Count(submission.Accepted, "picture")} of {submission.Count} acknowledged.{advice}");
            return failure.ExitCode;
        }

        return submission.Refused > 0 ? ExitCodes.Refused : ExitCodes.Done;
    }

    private static void WriteText(Submission submission, CaseKey? newKey, Terminal terminal)
    {
        if (submission.Count == 0 || (submission.Accepted == 0 && submission.Failure is { IsPassing: false }))
        {
            return;
        }

        foreach (PictureLine picture in submission.Pictures.Where(picture => picture.Picture is not null))
        {
            terminal.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{picture.Picture,6}  {PlainText.Of(picture.File)}"));
        }

        // The same picture named twice is one in the case.
        int registered = submission.Pictures
            .Where(picture => picture.Picture is not null)
            .Select(picture => picture.Picture)
            .Distinct()
            .Count();
        terminal.WriteLine($"Registered: {PlainText.Count(registered, "picture")}");
        terminal.WriteLine(submission.Views == RegisterViews.Wide ? Wide : Plain);
        if (submission.Refused > 0)
        {
            terminal.WriteLine($"Not taken: {PlainText.Count(submission.Refused, "picture")}");
        }

        // Last, where it is found below a long list.
        if (newKey is CaseKey key)
        {
            terminal.WriteLine($"Case key: {key.ToText()}");
        }
    }
}
