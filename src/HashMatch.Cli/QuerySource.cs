using System.Runtime.CompilerServices;
using System.Threading.Channels;
using HashMatch.Hashing;
using HashMatch.Matching;

namespace HashMatch.Cli;

/// <summary>Gives what is to be checked, in batches of whatever is ready.</summary>
internal static class QuerySource
{
    /// <summary>Fingerprints files.</summary>
    public static async IAsyncEnumerable<Query> OfFilesAsync(
        IReadOnlyList<FileEntry> files, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (HashedFile file in HashingPipeline.OfWhole().RunAsync(files, cancellationToken))
        {
            Fingerprint fingerprint = file.Refusal is null ? file.Views[0].Fingerprint : default;
            yield return new Query(
                file.Path,
                null,
                fingerprint.Hash,
                fingerprint.Quality,
                file.Refusal ?? (fingerprint.Hash == default ? FileRefusal.NoDetail : null));
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
            yield return new Query(null, line.Number, line.Hash ?? default, line.Quality, refusal);
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
