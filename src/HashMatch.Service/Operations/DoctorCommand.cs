using System.CommandLine;
using HashMatch.Service.Storage;

namespace HashMatch.Service.Operations;

/// <summary><c>doctor</c>: proves that the data are whole. It changes nothing; the service may be running.</summary>
public static class DoctorCommand
{
    public static Command Create()
    {
        var command = new Command("doctor", "Examine the database, the feed and the keys; says what to do.");
        command.SetAction(async (_, cancellationToken) =>
        {
            await using WebApplication app = Program.Build([]);
            List<Finding> findings = await ActivatorUtilities
                .CreateInstance<Doctor>(app.Services)
                .ExamineAsync(cancellationToken);
            return Report(findings);
        });
        return command;
    }

    /// <summary>Prints a line for each thing, and says whether all is well.</summary>
    internal static int Report(List<Finding> findings)
    {
        foreach (Finding finding in findings)
        {
            Console.WriteLine($"{(finding.IsWell ? "ok    " : "FAILED")} {finding.Subject}: {finding.Words}");
        }

        return findings.All(finding => finding.IsWell) ? ExitCodes.Done : ExitCodes.Negative;
    }
}
