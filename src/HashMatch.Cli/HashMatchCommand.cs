using System.CommandLine;
using System.CommandLine.Parsing;
using Grpc.Core;
using HashMatch.Cli.Commands;
using HashMatch.Client;
using HashMatch.Media;

namespace HashMatch.Cli;

/// <summary>The command <c>hashmatch</c>: its parts, and how every failure ends.</summary>
internal static class HashMatchCommand
{
    // After Ctrl-C: how long a command may take to say what was done.
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    /// <summary>Runs a command line.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> InvokeAsync(
        IReadOnlyList<string> arguments, Terminal terminal, CancellationToken cancellationToken = default)
    {
        // Without a replacer, a file name that starts with @ is a file name.
        ParseResult parsed = Create(terminal).Parse(
            arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            return Refuse(parsed, terminal);
        }

        using var output = new ResultWriter(terminal);
        var configuration = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = Farewell,
            Output = output,
        };
        try
        {
            return await parsed.InvokeAsync(configuration, cancellationToken);
        }
        catch (CommandFailure failure)
        {
            return End(failure, terminal);
        }
        catch (HashListMirrorException failure)
        {
            terminal.Warn(PlainText.Of(failure.Message));
            return ExitCodes.Service;
        }
        catch (LibvipsMissingException missing)
        {
            terminal.Warn(missing.Message);
            return ExitCodes.Refused;
        }
        catch (OperationCanceledException)
        {
            return Interrupt(terminal);
        }
        catch (RpcException interrupted) when (interrupted.StatusCode is StatusCode.Cancelled)
        {
            return Interrupt(terminal);
        }
        catch (RpcException refused)
        {
            Uri server = ServerAddress.Read(parsed.GetValue<string>(SharedOptions.ServerName), terminal);
            return End(ServiceFailure.Of(refused, server), terminal);
        }
    }

    private static int End(CommandFailure failure, Terminal terminal)
    {
        try
        {
            terminal.Warn(failure.Message);
        }
        catch (CommandFailure)
        {
            // Nobody can be told; the exit code remains.
        }

        return failure.ExitCode;
    }

    private static RootCommand Create(Terminal terminal) =>
        new(
            "Fingerprints pictures on this computer, and registers or checks the fingerprints. No picture is ever "
            + "sent. Exit codes: 0 done; 1 nothing matched, or there is no such case; 2 usage; 3 a file or line was "
            + "refused; 4 the service refused or cannot be reached; 130 stopped by Ctrl-C.")
        {
            HashCommand.Create(terminal),
            RegisterCommand.Create(terminal),
            AddCommand.Create(terminal),
            StatusCommand.Create(terminal),
            WithdrawCommand.Create(terminal),
            CheckCommand.Create(terminal),
            MirrorCommand.Create(terminal),
        };

    private static int Interrupt(Terminal terminal)
    {
        terminal.Warn(terminal.StoppedAt is string progress ? $"Stopped after {progress}." : "Stopped.");
        return ExitCodes.Interrupted;
    }

    // The parser's own words repeat what was typed, which may be a key.
    private static int Refuse(ParseResult parsed, Terminal terminal)
    {
        Command command = parsed.CommandResult.Command;
        bool isRoot = command is RootCommand;
        if (parsed.Tokens.Any(token => SecretShape.IsLikely(token.Value) && !File.Exists(token.Value)))
        {
            terminal.Warn(SecretShape.Sentence);
        }
        else if (parsed.UnmatchedTokens.Count > 0)
        {
            terminal.Warn(Unmatched(parsed.UnmatchedTokens[0], isRoot));
        }
        else if (isRoot)
        {
            terminal.Warn("Say what to do: hash, register, add, status, withdraw, check or mirror.");
        }
        else
        {
            foreach (ParseError error in parsed.Errors)
            {
                terminal.Warn(Explain(error));
            }
        }

        terminal.Say($"For help: hashmatch {Path(parsed.CommandResult)}--help");
        return ExitCodes.Usage;
    }

    private static string Explain(ParseError error) => error.SymbolResult switch
    {
        ArgumentResult { Argument.Name: MirrorCommand.FolderName } => "Name the mirror's folder.",
        CommandResult { Command.Subcommands.Count: > 0 } => "Say what to do with the mirror: pull, check or status.",
        ArgumentResult { Argument.Name: SharedOptions.FilesName } or CommandResult =>
            "Name at least one picture file or folder.",
        _ => error.Message,
    };

    private static string Path(CommandResult command) => command.Command is RootCommand
        ? ""
        : $"{(command.Parent is CommandResult parent ? Path(parent) : "")}{command.Command.Name} ";

    private static string Unmatched(string token, bool isRoot)
    {
        if (token.StartsWith('-'))
        {
            return $"There is no option {PlainText.OptionName(token)}.";
        }

        return isRoot
            ? "There is no such command. There are hash, register, add, status, withdraw, check and mirror."
            : "There is an argument too many.";
    }
}
