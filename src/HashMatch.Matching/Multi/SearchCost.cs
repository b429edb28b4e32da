namespace HashMatch.Matching.Multi;

/// <summary>What a search of a <see cref="MultiIndex"/> is expected to cost.</summary>
/// <remarks>
/// How many buckets are looked at and how many candidates the check bits let pass is arithmetic, if the hashes are as
/// good as random. What each of them costs was measured (docs/matcher.md): some instructions, and the waiting for the
/// cache lines that it takes, which grows with the memory that they are in.
/// </remarks>
internal static class SearchCost
{
    // In nanoseconds. A run takes its head, 1.5 lines where it begins and ends, and what its postings fill.
    private const double OfQuery = 100;
    private const double OfRun = 9;
    private const double LinesOfRun = 2.2;
    private const double OfCandidate = 13;
    private const double LinesOfCandidate = 2.2;

    // A line from near caches costs the least; twice the rows make it dearer until all comes from far memory.
    private const double LeastOfLine = 1;
    private const double MostOfLine = 14;
    private const double MoreOfLine = 1.8;
    private const double RowsInNearCaches = 1 << 17;

    private const int CheckBits = 15;

    // By bits of the key and distance.
    private static readonly Load[][] Loads =
        [.. Enumerable.Range(0, PartTable.MaxKeyBits + 1).Select(
            keyBits => Enumerable.Range(0, MultiIndex.MaxDistance + 1)
                .Select(maxDistance => LoadOf(keyBits, maxDistance)).ToArray())];

    /// <summary>The expected time of a thread for one query.</summary>
    /// <param name="count">The number of rows.</param>
    /// <param name="maxDistance">From 0 to <see cref="MultiIndex.MaxDistance"/>.</param>
    /// <param name="batch">How many queries are asked at once.</param>
    /// <returns>Microseconds on the machine of docs/matcher.md.</returns>
    public static double Estimate(int count, int maxDistance, int batch)
    {
        int keyBits = PartTableBuilder.KeyBitsFor(count);
        Load load = Loads[keyBits][maxDistance];
        double line = Math.Clamp(
            LeastOfLine + (MoreOfLine * Math.Log2(Math.Max(count, 1) / RowsInNearCaches)), LeastOfLine, MostOfLine);
        double linesOfRun = LinesOfRun + ((double)count / (1 << keyBits) * sizeof(ushort) / RunList.BytesOfLine);
        double run = OfRun + (linesOfRun * line);
        double candidate = OfCandidate + (LinesOfCandidate * line);
        return ((OfQuery / batch) + (load.Runs * run) + (count * load.Candidates * candidate)) / 1000;
    }

    /// <summary>The number of buckets that a search looks at.</summary>
    /// <param name="keyBits">The bits of the key.</param>
    /// <param name="maxDistance">From 0 to <see cref="MultiIndex.MaxDistance"/>.</param>
    public static int Runs(int keyBits, int maxDistance) => Loads[keyBits][maxDistance].Runs;

    /// <summary>How many times a random row is expected to be a candidate of a search.</summary>
    /// <param name="keyBits">The bits of the key.</param>
    /// <param name="maxDistance">From 0 to <see cref="MultiIndex.MaxDistance"/>.</param>
    public static double Candidates(int keyBits, int maxDistance) => Loads[keyBits][maxDistance].Candidates;

    private static Load LoadOf(int keyBits, int maxDistance)
    {
        double runs = 0;
        double candidates = 0;
        for (int part = 0; part < MultiIndex.Parts; part++)
        {
            int share = MultiIndex.Share(maxDistance, part);
            int nextShare = MultiIndex.Share(maxDistance, (part + 1) % MultiIndex.Parts);
            for (int distance = 0; distance < share; distance++)
            {
                double ways = Ways(keyBits, distance);
                runs += ways;
                for (int check = 0; check <= Math.Min(share + nextShare - 1 - distance, CheckBits); check++)
                {
                    candidates += ways / (1 << keyBits) * Ways(CheckBits, check) / (1 << CheckBits);
                }
            }
        }

        return new Load((int)runs, candidates);
    }

    // The ways to choose some of the bits.
    private static double Ways(int bits, int some)
    {
        double ways = 1;
        for (int i = 0; i < some; i++)
        {
            ways = ways * (bits - i) / (i + 1);
        }

        return ways;
    }

    private readonly record struct Load(int Runs, double Candidates);
}
