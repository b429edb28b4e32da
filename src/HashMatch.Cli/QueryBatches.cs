using HashMatch.Client;
using HashMatch.Hashing;

namespace HashMatch.Cli;

/// <summary>What is to be checked, in batches.</summary>
/// <param name="Batches">The batches.</param>
/// <param name="Total">How many there are in all; 0 if that is not known.</param>
/// <param name="Views">What is looked up of each.</param>
internal sealed record QueryBatches(
    IAsyncEnumerable<IReadOnlyList<Query>> Batches, int Total, QueryViews Views)
{
    private const string StandardInput = "-";

    // Small enough for progress to be seen, large enough that the network is no hurdle.
    private const int FilesPerRequest = 100;

    // The same where a file is up to 80 hashes.
    private const int WideFilesPerRequest = 8;

    /// <summary>Reads files, or hashes from standard input if the one name is <c>-</c>.</summary>
    /// <param name="names">What is named.</param>
    /// <param name="views">What is to be looked up of each; null for what is usual.</param>
    /// <param name="maxDistance">The distance that was asked for, if any.</param>
    /// <param name="terminal">Where standard input is.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="CommandFailure">Files and <c>-</c> are named, or what does not go together.</exception>
    public static QueryBatches Of(
        string[] names,
        QueryViews? views,
        int? maxDistance,
        Terminal terminal,
        CancellationToken cancellationToken)
    {
        bool isStandardInput = names.Contains(StandardInput);
        if (isStandardInput && names.Length > 1)
        {
            throw CommandFailure.Usage("Name either files or -, not both.");
        }

        QueryViews looked = views ?? (isStandardInput ? QueryViews.Plain : QueryViews.Wide);
        if (isStandardInput && looked != QueryViews.Plain)
        {
            throw CommandFailure.Usage(
                "Hashes from standard input are looked up as they are. Leave --views out, or name the pictures.");
        }

        if (maxDistance is not null && looked != QueryViews.Plain)
        {
            throw CommandFailure.Usage(
                "--max-distance goes with --views plain alone: turned and wide have measured distances of their own.");
        }

        if (isStandardInput)
        {
            IAsyncEnumerable<Query> lines = QuerySource.OfLinesAsync(terminal.Input, cancellationToken);
            return new QueryBatches(
                QuerySource.InBatchesAsync(lines, MatchClient.MaxHashesPerRequest, cancellationToken), 0, looked);
        }

        IReadOnlyList<FileEntry> entries = FileList.Read(names);
        return new QueryBatches(
            QuerySource.InBatchesAsync(
                QuerySource.OfFilesAsync(entries, looked, cancellationToken),
                looked == QueryViews.Wide ? WideFilesPerRequest : FilesPerRequest,
                cancellationToken),
            entries.Count,
            looked);
    }
}
