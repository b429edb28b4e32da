using BenchmarkDotNet.Running;
using HashMatch.Benchmarks.Recall;

// Reports are commands of their own; everything else is BenchmarkDotNet's.
if (args is [RecallCommand.Name, .. string[] recall])
{
    return await RecallCommand.Create().Parse(recall).InvokeAsync();
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
