using HashMatch.Cli;

return await HashMatchCommand.InvokeAsync(args, Terminal.OfProcess());
