using System.Numerics;
using System.Runtime.Intrinsics.X86;
using HashMatch.Matching.Kernels;
using HashMatch.Matching.Memory;

namespace HashMatch.Matching.Multi;

/// <summary>One search of a <see cref="MultiIndex"/>, for one query or some.</summary>
/// <remarks>
/// <para>
/// Everything waits for memory, so that everything is asked for well before it is read: the heads of buckets some steps
/// ahead, the postings of a run while earlier ones are looked through, a candidate's row number while the next slice of
/// runs is, its row one slice later. Queries go through the tables together, one table after the other.
/// </para>
/// <para>It lives on the stack of the searching thread and takes no other memory than what the hits need.</para>
/// </remarks>
internal unsafe ref struct MultiSearch
{
    /// <summary>The most queries at once.</summary>
    public const int MaxQueries = 256;

    /// <summary>Room for runs.</summary>
    public const int MaxRuns = 512;

    /// <summary>Room for candidates.</summary>
    public const int MaxCandidates = 1024;

    // Cache lines of check words between the steps of the line from postings to hits: the blocks of a candidate's run
    // are counted when the slice is still in the nearest caches.
    private const int LinesOfSlice = 192;

    // Longer runs than of so many cache lines bring their rest by being read in order.
    private const int MaxLinesBetween = 16;

    // What a posting costs is the unit of work; a candidate costs two misses of the caches. A query may cost as much as
    // going over all rows does, and is then answered in that way.
    private const long CandidateWork = 100;
    private const long WorkOfRow = 8;
    private const long SpareWork = 100_000;

    private readonly MultiIndex _index;
    private readonly PartTable* _tables;
    private readonly Hash256* _rows;
    private readonly Hash256* _queries;
    private readonly int _firstQuery;
    private readonly int _queryCount;
    private readonly int _maxDistance;
    private readonly int _linesBetween;
    private readonly Run* _runs;
    private readonly Candidate* _candidates;
    private readonly int* _slots;
    private readonly long* _work;
    private readonly long _workLimit;
    private int _runCount;

    // Where counting the blocks of a run stands.
    private Candidate _counted;
    private int _firsts;

    public MultiSearch(
        MultiIndex index,
        HashRows rows,
        Hash256* queries,
        int firstQuery,
        int queryCount,
        int maxDistance,
        Run* runs,
        Candidate* candidates,
        int* slots,
        long* work)
    {
        _index = index;
        _tables = index.Tables;
        _rows = rows.Pointer;
        _queries = queries + firstQuery;
        _firstQuery = firstQuery;
        _queryCount = queryCount;
        _maxDistance = maxDistance;
        _linesBetween = Math.Min(
            index.Count / _tables->Buckets * sizeof(ushort) / RunList.BytesOfLine, MaxLinesBetween);
        _runs = runs;
        _candidates = candidates;
        _slots = slots;
        _work = work;
        new Span<long>(work, queryCount).Clear();
        _workLimit = (index.Count * WorkOfRow) + SpareWork;
    }

    /// <summary>Adds the hits of all queries.</summary>
    public void Run(ref RowHits hits)
    {
        int before = hits.Count;
        int steps = Math.Min(_maxDistance + 1, MultiIndex.Parts) * _index.Layers * _queryCount;
        int lead = Math.Min(HeadsAhead(), steps);
        var step = new Step(PartFrom(0), 0, 0);
        Step ahead = step;
        for (int i = -lead; i < steps; i++)
        {
            if (i + lead < steps)
            {
                PrefetchHeads(ahead);
                ahead = Next(ahead);
            }

            if (i >= 0)
            {
                AddRuns(step, ref hits);
                step = Next(step);
            }
        }

        FindHits(ref hits);
        ScanForHeavyQueries(before, ref hits);
    }

    // The more buckets a step looks at, the fewer steps fill the first-level cache with their heads.
    private readonly int HeadsAhead() => ((_maxDistance / MultiIndex.Parts) + 1) switch { <= 2 => 8, 3 => 2, _ => 1 };

    // A part without a share has nothing to look for.
    private readonly int PartFrom(int part)
    {
        while (part < MultiIndex.Parts && MultiIndex.Share(_maxDistance, part) == 0)
        {
            part++;
        }

        return part;
    }

    // All queries at a table, then the next layer, then the next part.
    private readonly Step Next(Step step) =>
        step.Query + 1 < _queryCount ? step with { Query = step.Query + 1 }
        : step.Layer + 1 < _index.Layers ? new Step(step.Part, step.Layer + 1, 0)
        : new Step(PartFrom(step.Part + 1), 0, 0);

    private readonly PartTable* TableOf(Step step) => _tables + (step.Layer * MultiIndex.Parts) + step.Part;

    private readonly void PrefetchHeads(Step step)
    {
        PartTable* table = TableOf(step);
        if (!Sse.IsSupported || table->Heads is null)
        {
            return;
        }

        ushort key = table->BucketOf(((ushort*)(_queries + step.Query))[step.Part]);
        uint* heads = table->Heads;
        Ball ball = Ball.Of(table->KeyBits);
        ushort* masks = ball.LineMasks;
        int count = ball.LineCount(MultiIndex.Share(_maxDistance, step.Part) - 1);
        for (int i = 0; i < count; i++)
        {
            Sse.Prefetch0(heads + (key ^ masks[i]));
        }
    }

    private void AddRuns(Step step, ref RowHits hits)
    {
        PartTable table = *TableOf(step);
        if (table.Heads is null || IsHeavy(step.Query))
        {
            return;
        }

        int part = step.Part;
        int nextPart = (part + 1) % MultiIndex.Parts;
        int share = MultiIndex.Share(_maxDistance, part);
        int nextShare = MultiIndex.Share(_maxDistance, nextPart);
        var words = (ushort*)(_queries + step.Query);
        ushort key = table.BucketOf(words[part]);
        Ball ball = Ball.Of(table.KeyBits);
        ushort* masks = ball.Masks;
        uint* heads = table.Heads;
        int tablePlace = (step.Layer * MultiIndex.Parts) + part;
        int i = 0;
        for (int distance = 0; distance < share; distance++)
        {
            ulong terms = Multi.Run.Terms(words[nextPart], share + nextShare - 1 - distance, tablePlace);
            int end = ball.Size(distance);
            while (i < end)
            {
                int some = Math.Min(end, i + MaxRuns - _runCount);
                int count = _runCount;
                long postings = 0;
                for (; i < some; i++)
                {
                    var bucket = (ushort)(key ^ masks[i]);
                    uint head = heads[bucket];
                    int length = (int)(heads[bucket + 1] - head);
                    _runs[count].Set(table.Checks(bucket, head), length, step.Query, terms, bucket);
                    count += length > 0 ? 1 : 0;
                    postings += length;
                }

                _work[step.Query] += postings;
                _runCount = count;
                if (count == MaxRuns)
                {
                    FindHits(ref hits);
                }
            }
        }
    }

    // Goes over all runs of the list slice by slice. A slice's candidates are found while the rows of the slice before
    // are being asked for and those of the one before that are compared.
    private void FindHits(ref RowHits hits)
    {
        var list = new RunList(_runs, _runCount, _linesBetween);
        for (int run = 0; run < list.Ahead; run++)
        {
            list.Prefetch(run);
        }

        int slice = LinesOfSlice / (_linesBetween + 2);
        int found = 0;
        int located = 0;
        int compared = 0;
        Candidate at = default;
        _counted = new Candidate(-1, 0);
        while (at.Run < _runCount)
        {
            int known = found;
            int end = Math.Min(at.Run + slice, _runCount);
            found += CheckScan.Find(list, ref at, end, _candidates + found, MaxCandidates - found);
            PrefetchPostings(known, found);
            if (found > MaxCandidates - CheckScan.Slack || at.Run == _runCount)
            {
                Locate(located, found);
                Compare(compared, found, ref hits);
                found = 0;
                located = 0;
                compared = 0;

                // Where there are so many candidates, it may be that nearly all rows are.
                while (at.Run < _runCount && IsHeavy(_runs[at.Run].Query))
                {
                    at = new Candidate(at.Run + 1, 0);
                }

                continue;
            }

            Compare(compared, located, ref hits);
            compared = located;
            Locate(located, known);
            located = known;
        }

        _runCount = 0;
    }

    private readonly void PrefetchPostings(int from, int to)
    {
        for (int i = from; i < to && Sse.IsSupported; i++)
        {
            Run* run = _runs + _candidates[i].Run;
            PartTable* table = _tables + run->Table;
            Sse.Prefetch0(table->Lows + table->Heads[run->Bucket] + _candidates[i].Offset);
        }
    }

    // Candidates come in the order of the runs and of each run's postings: blocks are counted on from the last one.
    private void Locate(int from, int to)
    {
        for (int i = from; i < to; i++)
        {
            Candidate candidate = _candidates[i];
            Run* run = _runs + candidate.Run;
            if (candidate.Run != _counted.Run)
            {
                _counted = new Candidate(candidate.Run, 0);
                _firsts = -1;
            }

            int past = candidate.Offset + 1;
            _firsts += PartTable.CountFirsts(run->Checks + _counted.Offset, past - _counted.Offset);
            _counted = new Candidate(candidate.Run, past);
            int slot = _tables[run->Table].SlotOf(run->Bucket, run->Checks, candidate.Offset, _firsts);
            _slots[i] = slot;
            _work[run->Query] += CandidateWork;
            if (Sse.IsSupported)
            {
                Sse.Prefetch0(_rows + slot);
            }
        }
    }

    private readonly void Compare(int from, int to, ref RowHits hits)
    {
        for (int i = from; i < to; i++)
        {
            Run* run = _runs + _candidates[i].Run;
            Hash256* query = _queries + run->Query;
            Hash256* row = _rows + _slots[i];
            int distance = query->DistanceTo(*row);
            if (distance <= _maxDistance && IsToldBy(query, row, run->Table % MultiIndex.Parts))
            {
                hits.Add(_firstQuery + run->Query, _slots[i], distance);
            }
        }
    }

    // A row may be found by several parts: of those that all its bits speak for, the first one tells it.
    private readonly bool IsToldBy(Hash256* query, Hash256* row, int part)
    {
        for (int earlier = 0; earlier < part; earlier++)
        {
            if (IsSmall(query, row, earlier))
            {
                return false;
            }
        }

        return IsSmall(query, row, part);
    }

    // Whether the distances of a part and of it and the next one are less than their shares.
    private readonly bool IsSmall(Hash256* query, Hash256* row, int part)
    {
        var a = (ushort*)query;
        var b = (ushort*)row;
        int next = (part + 1) % MultiIndex.Parts;
        int share = MultiIndex.Share(_maxDistance, part);
        int own = BitOperations.PopCount((uint)(a[part] ^ b[part]));
        return own < share
            && own + BitOperations.PopCount((uint)(a[next] ^ b[next]))
                < share + MultiIndex.Share(_maxDistance, next);
    }

    private readonly bool IsHeavy(int query) => _work[query] > _workLimit;

    // What was found so far of the queries that were too much work is forgotten, and all rows are read for them.
    private readonly void ScanForHeavyQueries(int before, ref RowHits hits)
    {
        Span<bool> heavy = stackalloc bool[MaxQueries];
        bool any = false;
        for (int query = 0; query < _queryCount; query++)
        {
            heavy[query] = IsHeavy(query);
            any |= heavy[query];
        }

        if (!any)
        {
            return;
        }

        hits.RemoveQueries(before, _firstQuery, heavy);
        for (int query = 0; query < _queryCount; query++)
        {
            if (heavy[query])
            {
                ScanRows(query, ref hits);
            }
        }
    }

    private readonly void ScanRows(int query, ref RowHits hits)
    {
        const int Some = 1024;
        ushort* numbers = stackalloc ushort[Some];
        int* slots = stackalloc int[Some];
        Hash256 wanted = _queries[query];
        for (int start = 0; start < _index.Numbers.End; start += Some)
        {
            int count = _index.Numbers.Read(start, start + Some, numbers, slots);
            for (int i = 0; i < count; i++)
            {
                int distance = wanted.DistanceTo(_rows[slots[i]]);
                if (distance <= _maxDistance)
                {
                    hits.Add(_firstQuery + query, slots[i], distance);
                }
            }
        }
    }

    private readonly record struct Step(int Part, int Layer, int Query);
}
