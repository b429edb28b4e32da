namespace HashMatch.Benchmarks.Recall.Report;

/// <summary>One line of a chart.</summary>
/// <param name="Name">As the legend has it.</param>
/// <param name="Style">The class that the style sheet gives a colour and a dash.</param>
/// <param name="Points">Its points, from left to right.</param>
internal sealed record ChartLine(string Name, string Style, IReadOnlyList<(double X, double Y)> Points);
