using BenchmarkDotNet.Running;
using HashMatch.Benchmarks.Matcher;
using HashMatch.Benchmarks.Recall;

// Reports are commands of their own; everything else is BenchmarkDotNet's.
switch (args)
{
    case [MatcherCommand.Name, ..]:
        return await MatcherCommand.InvokeAsync(args, Console.Out, Console.Error);
    case [RecallCommand.Name, .. string[] recall]:
        return await RecallCommand.Create().Parse(recall).InvokeAsync();
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        return 0;
}
