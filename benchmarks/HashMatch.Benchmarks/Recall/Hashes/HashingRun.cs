using HashMatch.Benchmarks.Recall.Edits;
using HashMatch.Benchmarks.Recall.Pictures;

namespace HashMatch.Benchmarks.Recall.Hashes;

/// <summary>Makes every edit of every photo and hashes it, except what the cache holds already.</summary>
internal sealed class HashingRun
{
    private readonly IReadOnlyList<Photo> _photos;
    private readonly IReadOnlyList<Edit> _edits;
    private readonly IReadOnlyList<HashSlot> _slots;
    private readonly HashCache _cache;
    private readonly Progress _progress;

    public HashingRun(
        IReadOnlyList<Photo> photos,
        IReadOnlyList<Edit> edits,
        IEnumerable<HashSlot> slots,
        HashCache cache,
        Progress progress)
    {
        _photos = photos;
        _edits = edits;
        _slots = [.. slots.DistinctBy(slot => slot.Key)];
        _cache = cache;
        _progress = progress;
    }

    /// <summary>The photo that is mixed into another: the next one.</summary>
    public static int DonorOf(int photo, int photos) => (photo + 1) % photos;

    /// <exception cref="OperationCanceledException">It was broken off; the next run goes on from there.</exception>
    public HashedPhotos Run(int workers, CancellationToken cancellationToken)
    {
        var hashes = new HashedPhotos(_photos.Count, _edits.Count, _slots);
        _progress.Begin("Editing and hashing", _photos.Count * (_edits.Count + 1));
        try
        {
            Parallel.For(
                0,
                _photos.Count,
                new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = cancellationToken },
                () => new Worker(this, hashes, cancellationToken),
                (photo, _, worker) =>
                {
                    worker.Hash(photo);
                    return worker;
                },
                _ => { });
        }
        catch (AggregateException several)
        {
            throw several.InnerExceptions.OfType<RecallFailure>().FirstOrDefault() is { } failure
                ? failure
                : several.Flatten().InnerExceptions[0] is OperationCanceledException canceled ? canceled : several;
        }

        _progress.End();
        return hashes;
    }

    // Only what is asked for is hashed: photos are registered as they are, and in frames to see what frames do.
    private static bool IsWanted(HashSlot slot, Edit? edit) =>
        slot.IsRegister ? edit is null || edit.IsFrame : edit is not null;

    /// <summary>What one thread works with.</summary>
    private sealed class Worker
    {
        private readonly HashingRun _run;
        private readonly HashedPhotos _hashes;
        private readonly CancellationToken _cancellationToken;
        private readonly LossyCodec _codec = new();
        private readonly Dictionary<string, HashViews> _hashers;

        public Worker(HashingRun run, HashedPhotos hashes, CancellationToken cancellationToken)
        {
            _run = run;
            _hashes = hashes;
            _cancellationToken = cancellationToken;
            _hashers = run._slots.ToDictionary(slot => slot.Key, slot => slot.Set.NewHasher());
        }

        public void Hash(int number)
        {
            Photo photo = _run._photos[number];
            Photo donor = _run._photos[DonorOf(number, _run._photos.Count)];
            var picture = new Lazy<Picture>(() => photo.Open(_codec));
            var other = new Lazy<Picture>(() => donor.Open(_codec));
            for (int i = HashedPhotos.Unedited; i < _run._edits.Count; i++)
            {
                _cancellationToken.ThrowIfCancellationRequested();
                Edit? edit = i < 0 ? null : _run._edits[i];
                string mixed = edit is { UsesDonor: true } ? donor.Digest : "";
                var edited = new Lazy<Picture>(
                    () => edit?.Apply(picture.Value, photo.Name, other.Value, _codec) ?? picture.Value);
                foreach (HashSlot slot in _run._slots)
                {
                    if (IsWanted(slot, edit))
                    {
                        var key = CacheKey.Of(
                            ToolVersion.Text,
                            photo.Digest,
                            photo.Name,
                            mixed,
                            edit?.Id ?? "",
                            edit?.Definition ?? "",
                            slot.Key);
                        if (!_run._cache.TryGet(key, out IReadOnlyList<ViewHash> found))
                        {
                            found = _hashers[slot.Key](edited.Value);
                            _run._cache.Add(key, found);
                        }

                        _hashes.Set(slot, number, i, found);
                    }
                }

                _run._progress.Advance();
            }
        }
    }
}
