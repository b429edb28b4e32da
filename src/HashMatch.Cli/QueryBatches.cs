using HashMatch.Client;

namespace HashMatch.Cli;

/// <summary>What is to be checked, in batches.</summary>
/// <param name="Batches">The batches.</param>
/// <param name="Total">How many there are in all; 0 if that is not known.</param>
internal sealed record QueryBatches(IAsyncEnumerable<IReadOnlyList<Query>> Batches, int Total)
{
    private const string StandardInput = "-";

    // Small enough for progress to be seen, large enough that the network is no hurdle.
    private const int FilesPerRequest = 100;

    /// <summary>Reads files, or hashes from standard input if the one name is <c>-</c>.</summary>
    /// <exception cref="CommandFailure">Files and <c>-</c> are named.</exception>
    public static QueryBatches Of(string[] names, Terminal terminal, CancellationToken cancellationToken)
    {
        bool isStandardInput = names.Contains(StandardInput);
        if (isStandardInput && names.Length > 1)
        {
            throw CommandFailure.Usage("Name either files or -, not both.");
        }

        if (isStandardInput)
        {
            IAsyncEnumerable<Query> lines = QuerySource.OfLinesAsync(terminal.Input, cancellationToken);
            return new QueryBatches(
                QuerySource.InBatchesAsync(lines, MatchClient.MaxHashesPerRequest, cancellationToken), 0);
        }

        IReadOnlyList<FileEntry> entries = FileList.Read(names);
        return new QueryBatches(
            QuerySource.InBatchesAsync(
                QuerySource.OfFilesAsync(entries, cancellationToken), FilesPerRequest, cancellationToken),
            entries.Count);
    }
}
