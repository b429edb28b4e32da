using System.Text.Json;

namespace HashMatch.Hashing;

/// <summary>What the distance of a match says, by a table that was measured: <c>tiers.json</c>.</summary>
/// <remarks>
/// <para>
/// The rates of <see cref="ConfidenceTier"/> count all hashes of a <see cref="QueryViews.Wide"/> upload together
/// against all views of a picture that was registered <see cref="RegisterViews.Wide"/>. Of a smaller set, which is a
/// part of that, the distances are the same and the rates lower.
/// </para>
/// <para>
/// Upright photos are like each other sooner (the sky is above) than one upright and one lying, so that each way to
/// turn an upload has distances of its own. docs/recall.md says how they were found.
/// </para>
/// </remarks>
public static class MatchTiers
{
    private const int Negatives = 2;

    private static readonly TierDistances None = new(-1, -1);

    private static readonly TierDistances[] Table = Read();

    /// <summary>Gives the distances for one hash of an upload.</summary>
    /// <param name="set">The views that are looked up, of which the hash is one.</param>
    /// <param name="turn">How the view is turned, as <see cref="PictureView.Turn"/> says.</param>
    /// <param name="isNegative">
    /// Whether the complement of the hash is looked up, which is the hash of the negative. That is done only with
    /// <see cref="QueryViews.Wide"/>, where the view is not turned, and is looked up turned as well.
    /// </param>
    /// <returns>The distances; -1 for what is not part of such a set.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such set or turn.</exception>
    public static TierDistances DistancesFor(QueryViews set, Dihedral turn, bool isNegative)
    {
        if (set is not (QueryViews.Plain or QueryViews.Turned or QueryViews.Wide))
        {
            throw new ArgumentOutOfRangeException(nameof(set));
        }

        if (turn is < Dihedral.Identity or > Dihedral.AntiTranspose)
        {
            throw new ArgumentOutOfRangeException(nameof(turn));
        }

        return Table[Place(set, turn, isNegative)];
    }

    /// <summary>Gives the tier of a match.</summary>
    /// <param name="set">The views that were looked up, of which the matching hash is one.</param>
    /// <param name="turn">How the matching view is turned.</param>
    /// <param name="isNegative">Whether it is the complement of the view's hash that matched.</param>
    /// <param name="distance">How many bits differ, from 0 to 256.</param>
    /// <returns>The tier; null for a match that is too far off to say anything.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// There is no such set or turn, or the distance is negative.
    /// </exception>
    public static ConfidenceTier? Of(QueryViews set, Dihedral turn, bool isNegative, int distance)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(distance);
        TierDistances distances = DistancesFor(set, turn, isNegative);
        return distance <= distances.Strong ? ConfidenceTier.Strong
            : distance <= distances.Review ? ConfidenceTier.Review
            : null;
    }

    private static TierDistances[] Read()
    {
        var table = new TierDistances[Place(QueryViews.Wide, Dihedral.AntiTranspose, true) + 1];
        Array.Fill(table, None);
        using Stream file = typeof(MatchTiers).Assembly.GetManifestResourceStream("tiers.json")
            ?? throw new InvalidOperationException("The table of the tiers is not built in.");
        using var json = JsonDocument.Parse(file);
        foreach (JsonElement row in json.RootElement.GetProperty("tiers").EnumerateArray())
        {
            bool isNegative = row.GetProperty("negative").GetBoolean();
            var distances = new TierDistances(
                row.GetProperty("strong").GetInt32(), row.GetProperty("review").GetInt32());
            foreach (QueryViews set in Names<QueryViews>(row.GetProperty("queries")))
            {
                foreach (Dihedral turn in Names<Dihedral>(row.GetProperty("turns")))
                {
                    table[Place(set, turn, isNegative)] = distances;
                }
            }
        }

        return table;
    }

    private static IEnumerable<T> Names<T>(JsonElement names)
        where T : struct, Enum =>
        names.EnumerateArray().Select(name => Enum.Parse<T>(name.GetString()!));

    private static int Place(QueryViews set, Dihedral turn, bool isNegative) =>
        (((((int)set * PdqHasher.DihedralCount) + (int)turn) * Negatives) + (isNegative ? 1 : 0));
}
