using System.Diagnostics;
using HashMatch.Benchmarks.Recall.Hashes;
using HashMatch.Benchmarks.Recall.Pictures;

namespace HashMatch.Benchmarks.Recall.Measures;

/// <summary>What hashing a decoded photo costs, on one thread.</summary>
/// <param name="Name">What is hashed.</param>
/// <param name="Hashes">How many hashes that gives.</param>
/// <param name="Milliseconds">The median over photos of the best of some tries.</param>
/// <param name="Megapixels">The mean size of the photos.</param>
internal sealed record HashCost(string Name, int Hashes, double Milliseconds, double Megapixels)
{
    private const int Tries = 5;
    private const int MostPhotos = 32;

    public static IReadOnlyList<HashCost> Measure(IReadOnlyList<Photo> photos, IEnumerable<HashSlot> slots)
    {
        var codec = new LossyCodec();
        Picture[] pictures =
        [
            .. photos.Where((_, i) => i % Math.Max(1, photos.Count / MostPhotos) == 0).Take(MostPhotos)
                .Select(photo => photo.Open(codec)),
        ];
        double megapixels = pictures.Average(picture => picture.Width * (double)picture.Height) / 1e6;
        return [.. slots.Select(slot => Measure(slot, pictures, megapixels))];
    }

    private static HashCost Measure(HashSlot slot, Picture[] pictures, double megapixels)
    {
        HashViews hasher = slot.Set.NewHasher();
        int hashes = hasher(pictures[0]).Count;
        double[] times = [.. pictures.Select(picture => Best(hasher, picture)).Order()];
        string name = ViewSets.SmallHashes.Contains(slot.Set) ? slot.Set.Name
            : slot.IsRegister ? $"register {slot.Set.Name}"
            : $"ask {slot.Set.Name}";
        return new HashCost(name, hashes, times[times.Length / 2], megapixels);
    }

    private static double Best(HashViews hasher, Picture picture)
    {
        double best = double.PositiveInfinity;
        for (int i = 0; i < Tries; i++)
        {
            long started = Stopwatch.GetTimestamp();
            _ = hasher(picture);
            best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return best;
    }
}
