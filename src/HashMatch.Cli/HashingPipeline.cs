using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using HashMatch.Hashing;
using HashMatch.Matching;
using HashMatch.Media;

namespace HashMatch.Cli;

/// <summary>Fingerprints files on all cores and gives the results in the files' order, as they come.</summary>
internal sealed class HashingPipeline
{
    private const string WholePicture = "raw";

    // How far hashing runs ahead of whoever takes the results. A result is small; pixels are held only by the hashers,
    // one a core, which are kept because a hasher that is used again allocates nothing.
    private const int AheadPerCore = 32;

    // A decoder cannot be stopped inside a picture; whoever pressed Ctrl-C shall not wait for it.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    private readonly Func<PictureHasher, string, IReadOnlyList<PictureView>> _hash;

    // What a hasher gives is its own, and overwritten by its next file.
    private HashingPipeline(Func<PictureHasher, string, IReadOnlyList<PictureView>> hash) =>
        _hash = (hasher, path) => [.. hash(hasher, path)];

    /// <summary>One fingerprint a file, whatever its quality, or those of its 8 turns and mirrorings.</summary>
    public static HashingPipeline OfWhole(PdqMode mode = PdqMode.FullResolution, bool dihedral = false) =>
        new((hasher, path) => dihedral
            ? Turns(hasher, path, mode)
            : [new PictureView(WholePicture, Dihedral.Identity, hasher.Hash(path, mode))]);

    /// <summary>The views to register.</summary>
    public static HashingPipeline ToRegister(RegisterViews views) =>
        new((hasher, path) => hasher.Register(path, views));

    /// <summary>The views to look up.</summary>
    public static HashingPipeline ToQuery(QueryViews views) => new((hasher, path) => hasher.Query(path, views));

    /// <summary>Fingerprints the files.</summary>
    /// <exception cref="LibvipsMissingException">Pictures cannot be decoded here at all.</exception>
    public async IAsyncEnumerable<HashedFile> RunAsync(
        IReadOnlyList<FileEntry> files, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        int cores = Math.Clamp(files.Count, 1, Environment.ProcessorCount);
        var hashers = new ConcurrentBag<PictureHasher>();
        var jobs = new BlockingCollection<Task<HashedFile>>();
        var ahead = new Queue<Task<HashedFile>>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task workers = Task.WhenAll(Enumerable.Range(0, cores).Select(_ => StartWorker(jobs, stop.Token)));
        try
        {
            foreach (FileEntry file in files)
            {
                // Continuations elsewhere: the workers are for hashing, and never wait for output or the network.
                var job = new Task<HashedFile>(
                    () => Hash(file, hashers), TaskCreationOptions.RunContinuationsAsynchronously);
                ahead.Enqueue(job);
                jobs.Add(job, CancellationToken.None);
                if (ahead.Count == cores * AheadPerCore)
                {
                    yield return await ahead.Dequeue().WaitAsync(cancellationToken);
                }
            }

            while (ahead.TryDequeue(out Task<HashedFile>? job))
            {
                yield return await job.WaitAsync(cancellationToken);
            }
        }
        finally
        {
            await stop.CancelAsync();
            jobs.CompleteAdding();
            await Task.WhenAny(workers, Task.Delay(Patience, CancellationToken.None));
        }
    }

    private static List<PictureView> Turns(PictureHasher hasher, string path, PdqMode mode)
    {
        var hashes = new Hash256[PdqHasher.DihedralCount];
        int quality = hasher.HashDihedral(path, hashes, mode);
        return
        [
            .. hashes.Select(
                (hash, turn) => new PictureView(WholePicture, (Dihedral)turn, new Fingerprint(hash, quality))),
        ];
    }

    private static Task StartWorker(BlockingCollection<Task<HashedFile>> jobs, CancellationToken stop) =>
        Task.Factory.StartNew(
            () =>
            {
                foreach (Task<HashedFile> job in jobs.GetConsumingEnumerable(CancellationToken.None))
                {
                    if (stop.IsCancellationRequested)
                    {
                        break;
                    }

                    job.RunSynchronously(TaskScheduler.Default);
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);

    private HashedFile Hash(FileEntry file, ConcurrentBag<PictureHasher> hashers)
    {
        if (file.Refusal is not null)
        {
            return new HashedFile(file.Path, [], file.Refusal);
        }

        if (!hashers.TryTake(out PictureHasher? hasher))
        {
            hasher = new PictureHasher();
        }

        try
        {
            return new HashedFile(file.Path, _hash(hasher, file.Path), null);
        }
        catch (ImageRefusedException refused)
        {
            return new HashedFile(file.Path, [], new FileRefusal(refused.Reason.ToString(), refused.Message));
        }
        finally
        {
            hashers.Add(hasher);
        }
    }
}
