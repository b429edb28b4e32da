using System.Runtime.CompilerServices;
using System.Threading.Channels;
using HashMatch.Hashing;
using HashMatch.Matching;

namespace HashMatch.Cli;

/// <summary>Gives what is to be checked, in batches of whatever is ready.</summary>
internal static class QuerySource
{
    private const string Whole = "raw";

    /// <summary>Fingerprints files.</summary>
    /// <param name="files">The files.</param>
    /// <param name="views">What is looked up of each: plain is its one hash, whatever the quality.</param>
    /// <param name="cancellationToken">Ends the fingerprinting.</param>
    public static async IAsyncEnumerable<Query> OfFilesAsync(
        IReadOnlyList<FileEntry> files,
        QueryViews views,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        HashingPipeline pipeline =
            views == QueryViews.Plain ? HashingPipeline.OfWhole() : HashingPipeline.ToQuery(views);
        await foreach (HashedFile file in pipeline.RunAsync(files, cancellationToken))
        {
            FileRefusal? refusal = file.Refusal
                ?? (file.Views.Count == 0 ? FileRefusal.TooPlainToCheck
                    : file.Views[0].Fingerprint.Hash == default ? FileRefusal.NoDetail
                    : null);
            yield return new Query(
                file.Path,
                null,
                file.Views,
                refusal is null ? file.Views[0].Fingerprint.Quality : null,
                refusal);
        }
    }

    /// <summary>Reads hashes, one a line.</summary>
    public static async IAsyncEnumerable<Query> OfLinesAsync(
        TextReader input, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (HashListLine line in HashListReader.ReadAsync(input, cancellationToken))
        {
            FileRefusal? refusal = line.Hash is not Hash256 hash ? FileRefusal.NotAHash
                : hash == default ? FileRefusal.NoDetail
                : null;
            var view = new PictureView(
                Whole, Dihedral.Identity, new Fingerprint(line.Hash ?? default, line.Quality ?? 0));
            yield return new Query(null, line.Number, refusal is null ? [view] : [], line.Quality, refusal);
        }
    }

    /// <summary>Gathers what is ready into batches, while more is made ready behind.</summary>
    /// <remarks>Nothing waits for a batch to fill: the last line typed is answered as soon as the first.</remarks>
    /// <param name="queries">What to check.</param>
    /// <param name="most">The greatest size of a batch, at least 1.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async IAsyncEnumerable<IReadOnlyList<Query>> InBatchesAsync(
        IAsyncEnumerable<Query> queries, int most, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var ready = Channel.CreateBounded<Query>(most);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task filling = FillAsync(queries, ready.Writer, stop.Token);
        try
        {
            while (await ready.Reader.WaitToReadAsync(cancellationToken))
            {
                var batch = new List<Query>();
                while (batch.Count < most && ready.Reader.TryRead(out Query? query))
                {
                    batch.Add(query);
                }

                yield return batch;
            }

            await filling;
        }
        finally
        {
            await stop.CancelAsync();
        }
    }

    private static async Task FillAsync(
        IAsyncEnumerable<Query> queries, ChannelWriter<Query> ready, CancellationToken cancellationToken)
    {
        // Whatever ends the reading is told by awaiting this task; the channel only has to end.
        try
        {
            await foreach (Query query in queries.WithCancellation(cancellationToken))
            {
                await ready.WriteAsync(query, cancellationToken);
            }
        }
        finally
        {
            ready.Complete();
        }
    }
}
