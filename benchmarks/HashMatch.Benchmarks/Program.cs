using BenchmarkDotNet.Running;
using HashMatch.Benchmarks.Matcher;

if (args is [MatcherCommand.Name, ..])
{
    return await MatcherCommand.InvokeAsync(args, Console.Out, Console.Error);
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
