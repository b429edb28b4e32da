using HashMatch.Hashing;
using HashMatch.Protocol;

namespace HashMatch.Client.Views;

/// <summary>Some pictures that are looked up together: what is asked, and what is found so far.</summary>
internal sealed class PictureLookup
{
    private readonly List<PictureQuestion> _questions = [];

    // For each picture the best match of each entry, and the rank of the question that found it.
    private readonly Dictionary<string, (PictureMatch Match, int Rank)>[] _found;

    /// <param name="pictures">The views of each picture.</param>
    /// <param name="set">The set that they are of, by which the tiers go.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such set or turn.</exception>
    public PictureLookup(IReadOnlyList<IReadOnlyList<PictureView>> pictures, QueryViews set)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        _found = new Dictionary<string, (PictureMatch, int)>[pictures.Count];
        for (int picture = 0; picture < pictures.Count; picture++)
        {
            _found[picture] = [];
            AddQuestions(picture, pictures[picture], set, isNegative: false);
            AddQuestions(picture, pictures[picture], set, isNegative: true);
        }
    }

    /// <summary>The questions by the distance up to which an answer counts: few groups, each of many hashes.</summary>
    public IEnumerable<(int Distance, PictureQuestion[] Questions)> ByReviewDistance() =>
        _questions
            .GroupBy(question => question.Distances.Review)
            .Select(group => (group.Key, group.ToArray()));

    /// <summary>Notes that an entry is near.</summary>
    public void Note(PictureQuestion question, string entryId, ConfidenceTier tier, MatchBand band, int? distance)
    {
        var match = new PictureMatch(
            entryId, tier, question.View.Name, question.View.Turn, question.IsNegative, band, distance);
        Dictionary<string, (PictureMatch Match, int Rank)> found = _found[question.Picture];
        if (!found.TryGetValue(entryId, out (PictureMatch Match, int Rank) best)
            || Compare((match, question.Rank), best) < 0)
        {
            found[entryId] = (match, question.Rank);
        }
    }

    /// <summary>Gives what was found of each picture, the surest first.</summary>
    public IReadOnlyList<IReadOnlyList<PictureMatch>> Results() =>
    [
        .. _found.Select(found => (IReadOnlyList<PictureMatch>)
        [
            .. found.Values
                .Order(Comparer<(PictureMatch Match, int Rank)>.Create(Compare))
                .Select(one => one.Match),
        ]),
    ];

    private static int Compare((PictureMatch Match, int Rank) one, (PictureMatch Match, int Rank) other)
    {
        int order = other.Match.Tier.CompareTo(one.Match.Tier);
        order = order != 0 ? order : one.Match.Band.CompareTo(other.Match.Band);
        order = order != 0 ? order : Nullable.Compare(one.Match.Distance, other.Match.Distance);
        order = order != 0 ? order : one.Rank.CompareTo(other.Rank);
        return order != 0 ? order : string.CompareOrdinal(one.Match.EntryId, other.Match.EntryId);
    }

    private void AddQuestions(int picture, IReadOnlyList<PictureView> views, QueryViews set, bool isNegative)
    {
        foreach (PictureView view in isNegative ? WithNegative(views) : views)
        {
            TierDistances distances = MatchTiers.DistancesFor(set, view.Turn, isNegative);
            if (distances.Review >= 0)
            {
                _questions.Add(new PictureQuestion(picture, _questions.Count, view, isNegative, distances));
            }
        }
    }

    // Parts that are never turned are there for crops: their negatives found nothing.
    private static IEnumerable<PictureView> WithNegative(IReadOnlyList<PictureView> views)
    {
        HashSet<string> turned = [.. views.Where(view => view.Turn != Dihedral.Identity).Select(view => view.Name)];
        return views.Where(view => turned.Contains(view.Name));
    }
}
