using System.CommandLine;
using System.Data.Common;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HashMatch.Service.Operations;

/// <summary>What an operator runs on the server's machine: platforms, import, keys, doctor and compact.</summary>
public static class OperatorCommands
{
    /// <summary>Whether the arguments are an operator's command rather than settings of the service.</summary>
    public static bool AreMeant(string[] args) =>
        args.Length > 0 && (args[0] is "-h" or "--help" or "-?" || !args[0].StartsWith('-'));

    /// <summary>Runs the command.</summary>
    /// <returns>0 done, 1 a negative answer, 2 wrong usage, 3 input refused or work broken off.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand(
            "The HashMatch service. Without a command it serves; its settings are environment variables such as "
                + "Storage__Path.")
        {
            PlatformCommands.Create(),
            ImportCommand.Create(),
            KeysCommands.Create(),
            DoctorCommand.Create(),
            CompactCommand.Create(),
        };
        ParseResult parsed = root.Parse(args);
        try
        {
            int code = await parsed.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false });
            return parsed.Errors.Count > 0 ? ExitCodes.Usage : code;
        }
        catch (Exception exception) when (exception is OperationCanceledException or RpcException or DbException
            or DbUpdateException or IOException or UnauthorizedAccessException or InvalidOperationException
            or OptionsValidationException)
        {
            await Console.Error.WriteLineAsync(Sentence(exception));
            return ExitCodes.Refused;
        }
    }

    private static string Sentence(Exception exception) => exception switch
    {
        OperationCanceledException => "Stopped. What was committed stays; the command may be given again.",
        RpcException refusal => refusal.Status.Detail,
        DbUpdateException or DbException => $"Storage did not work: {exception.GetBaseException().Message}",
        _ => exception.Message,
    };
}
