using System.Globalization;
using System.Runtime.InteropServices;
using HashMatch.Client.Views;
using HashMatch.Hashing;
using HashMatch.Matching;

namespace HashMatch.Client.Mirrors;

/// <summary>The list in memory: searched by any number of threads, changed by one.</summary>
internal sealed class MirroredList
{
    private const int LeastBatch = 65_536;

    private readonly HashIndex _index = new();
    private readonly EntryIdTable _ids = new();
    private readonly HashSet<ulong> _bare = [];

    // Filled before the list is searched: the index takes many entries at a time faster than one by one.
    private readonly List<Hash256> _hashes = [];
    private readonly List<ulong> _positions = [];

    private volatile FeedState? _state;

    /// <summary>Where in the feed the list is. Set when it is complete.</summary>
    public FeedState State => _state!;

    /// <summary>How many entries can be found.</summary>
    public int Count => _index.Count;

    /// <summary>How many changes are known by their leaf alone and not withdrawn.</summary>
    public int BareCount => _bare.Count;

    /// <summary>Adds an entry to a list that is not complete yet.</summary>
    public void Load(ListEntry entry)
    {
        _ids.Set(entry.Position, entry.Id);
        _hashes.Add(entry.Hash);
        _positions.Add(entry.Position);

        // As many as there are, so that the index grows by doubling.
        if (_hashes.Count >= Math.Max(LeastBatch, _index.Count))
        {
            Index();
        }
    }

    /// <summary>Adds a bare addition to a list that is not complete yet.</summary>
    public void LoadBare(ulong position) => _bare.Add(position);

    /// <summary>Ends an addition of a list that is not complete yet.</summary>
    public void LoadWithdrawn(ulong position)
    {
        Index();
        Withdraw(position);
    }

    /// <summary>Ends the loading.</summary>
    public void Complete(FeedState state)
    {
        Index();
        _state = state;
    }

    /// <summary>Whether there is an addition at a position that can be withdrawn.</summary>
    public bool IsListed(ulong position) => _index.Contains(position) || _bare.Contains(position);

    /// <summary>Applies a verified page.</summary>
    public void Apply(FeedChanges changes)
    {
        if (changes.Additions.Count > 0)
        {
            foreach (ListEntry entry in changes.Additions)
            {
                _ids.Set(entry.Position, entry.Id);
                _hashes.Add(entry.Hash);
                _positions.Add(entry.Position);
            }

            Index();
        }

        _bare.UnionWith(changes.Bare);
        foreach (ulong position in changes.Withdrawn)
        {
            Withdraw(position);
        }

        _state = changes.After;
    }

    /// <summary>Finds every entry within a distance, ordered as the service's answers are.</summary>
    public IReadOnlyList<HashListMatch> Match(Hash256 hash, int maxDistance)
    {
        var found = new List<IndexMatch>();
        _index.Search(hash, maxDistance, found);
        if (found.Count == 0)
        {
            return [];
        }

        return
        [
            .. found
                .Select(match => new HashListMatch(
                    Spell(match.Id),
                    MatchBands.Of(match.Distance),
                    match.Distance))
                .OrderBy(match => match.Distance)
                .ThenBy(match => match.EntryId, StringComparer.Ordinal),
        ];
    }

    /// <summary>Finds every entry that a view of a picture is near, ordered as those of the service are.</summary>
    public IReadOnlyList<IReadOnlyList<PictureMatch>> Match(
        IReadOnlyList<IReadOnlyList<PictureView>> pictures, QueryViews views)
    {
        var lookup = new PictureLookup(pictures, views);
        var found = new List<BatchMatch>();
        foreach ((int distance, PictureQuestion[] questions) in lookup.ByReviewDistance())
        {
            found.Clear();
            _index.Search([.. questions.Select(question => question.Hash)], distance, found);
            foreach (BatchMatch match in found)
            {
                PictureQuestion question = questions[match.QueryIndex];
                ConfidenceTier tier = match.Distance <= question.Distances.Strong
                    ? ConfidenceTier.Strong
                    : ConfidenceTier.Review;
                lookup.Note(question, Spell(match.Id), tier, MatchBands.Of(match.Distance), match.Distance);
            }
        }

        return lookup.Results();
    }

    private string Spell(ulong position) => _ids.Get(position).ToString("x32", CultureInfo.InvariantCulture);

    private void Index()
    {
        _index.AddRange(CollectionsMarshal.AsSpan(_hashes), CollectionsMarshal.AsSpan(_positions));
        _hashes.Clear();
        _positions.Clear();
    }

    private void Withdraw(ulong position)
    {
        if (!_index.Remove(position))
        {
            _bare.Remove(position);
        }
    }
}
