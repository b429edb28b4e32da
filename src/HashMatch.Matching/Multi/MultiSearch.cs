using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using HashMatch.Matching.Kernels;

namespace HashMatch.Matching.Multi;

/// <summary>One search of a <see cref="MultiIndex"/>, for one query or some.</summary>
/// <remarks>
/// <para>
/// Everything waits for memory, so that everything is asked for well before it is read: the heads of buckets some parts
/// ahead, the postings of a run while earlier ones are looked through, a candidate's row number while the next slice of
/// runs is, its row one slice later. Queries go part by part.
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

    // Between the steps of the line from postings to hits.
    private const int Slice = 68;

    // What a posting costs is the unit of work; a candidate costs three misses of the caches. A query may cost as much
    // as going over all rows does, and is then answered in that way.
    private const long CandidateWork = 100;
    private const long WorkOfRow = 8;
    private const long SpareWork = 100_000;

    private readonly MultiIndex _index;
    private readonly Hash256* _queries;
    private readonly int _firstQuery;
    private readonly int _queryCount;
    private readonly int _maxDistance;
    private readonly int _linesBetween;
    private readonly Run* _runs;
    private readonly Candidate* _candidates;
    private readonly int* _rows;
    private readonly long* _work;
    private readonly long _workLimit;
    private int _runCount;

    // Where counting the blocks of a run stands.
    private Candidate _counted;
    private int _firsts;

    public MultiSearch(
        MultiIndex index,
        Hash256* queries,
        int firstQuery,
        int queryCount,
        int maxDistance,
        Run* runs,
        Candidate* candidates,
        int* rows,
        long* work)
    {
        _index = index;
        _queries = queries + firstQuery;
        _firstQuery = firstQuery;
        _queryCount = queryCount;
        _maxDistance = maxDistance;
        _linesBetween = (int)Math.Min(index.Count / PartTable.Buckets / 32, 16);
        _runs = runs;
        _candidates = candidates;
        _rows = rows;
        _work = work;
        new Span<long>(work, queryCount).Clear();
        _workLimit = (index.Count * WorkOfRow) + SpareWork;
    }

    /// <summary>Adds the hits of all queries.</summary>
    public void Run(ref RowHits hits)
    {
        int before = hits.Count;
        int steps = Math.Min(_maxDistance + 1, MultiIndex.Parts) * _queryCount;
        int share = MultiIndex.Share(_maxDistance, 0);
        int lead = Math.Min(share <= 2 ? 8 : 4 - share, steps);
        int part = 0;
        int query = 0;
        int aheadPart = 0;
        int aheadQuery = 0;
        for (int step = -lead; step < steps; step++)
        {
            if (step + lead < steps)
            {
                PrefetchHeads(aheadPart, aheadQuery);
                if (++aheadQuery == _queryCount)
                {
                    aheadQuery = 0;
                    aheadPart++;
                }
            }

            if (step >= 0 && !IsHeavy(query))
            {
                AddRuns(part, query, ref hits);
            }

            if (step >= 0 && ++query == _queryCount)
            {
                query = 0;
                part++;
            }
        }

        FindHits(ref hits);
        ScanForHeavyQueries(before, ref hits);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void PrefetchHeads(int part, int query)
    {
        if (!Sse.IsSupported)
        {
            return;
        }

        ushort key = ((ushort*)(_queries + query))[part];
        uint* heads = _index.Tables[part].Heads;
        ushort* masks = Ball.LineMasks;
        int count = Ball.LineCount(MultiIndex.Share(_maxDistance, part) - 1);
        for (int i = 0; i < count; i++)
        {
            Sse.Prefetch0(heads + (key ^ masks[i]));
        }
    }

    private void AddRuns(int part, int query, ref RowHits hits)
    {
        int share = MultiIndex.Share(_maxDistance, part);
        int nextPart = (part + 1) % MultiIndex.Parts;
        int nextShare = MultiIndex.Share(_maxDistance, nextPart);
        var words = (ushort*)(_queries + query);
        ushort key = words[part];
        PartTable table = _index.Tables[part];
        uint* heads = table.Heads;
        ushort* masks = Ball.Masks;
        int i = 0;
        for (int distance = 0; distance < share; distance++)
        {
            ulong terms = Multi.Run.Terms(words[nextPart], share + nextShare - 1 - distance, part);
            int end = Ball.Size(distance);
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
                    _runs[count].Set(table.Checks(bucket, head), length, query, terms, bucket);
                    count += length > 0 ? 1 : 0;
                    postings += length;
                }

                _work[query] += postings;

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
        for (int run = 0; run < CheckScan.Ahead; run++)
        {
            list.Prefetch(run);
        }

        int found = 0;
        int located = 0;
        int compared = 0;
        Candidate at = default;
        _counted = new Candidate(-1, 0);
        while (at.Run < _runCount || compared < found)
        {
            int known = found;
            int end = Math.Min(at.Run + Slice, _runCount);
            found += CheckScan.Find(list, ref at, end, _candidates + found, MaxCandidates - found);
            PrefetchPostings(known, found);
            if (found > MaxCandidates - CheckScan.Slack || at.Run == _runCount)
            {
                Locate(located, found);
                Compare(compared, found, ref hits);
                found = 0;
                located = 0;
                compared = 0;

                // Wherever there are so many candidates, it may be that all rows are.
                while (at.Run < _runCount && IsHeavy(_runs[at.Run].Query))
                {
                    at = new Candidate(at.Run + 1, 0);
                }

                continue;
            }

            int placed = located;
            Locate(located, known);
            located = known;
            Compare(compared, placed, ref hits);
            compared = placed;
        }

        _runCount = 0;
    }

    private readonly void PrefetchPostings(int from, int to)
    {
        for (int i = from; i < to && Sse.IsSupported; i++)
        {
            Run* run = _runs + _candidates[i].Run;
            PartTable* table = _index.Tables + run->Part;
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
            PartTable* table = _index.Tables + run->Part;
            int block = PartTable.Select(run->Checks - table->BlockWords, _firsts);
            int row = (block * PartTable.BlockRows) + table->Lows[table->Heads[run->Bucket] + candidate.Offset];
            _rows[i] = row;
            _work[run->Query] += CandidateWork;
            if (Sse.IsSupported)
            {
                Sse.Prefetch0(_index.Rows + row);
            }
        }
    }

    private readonly void Compare(int from, int to, ref RowHits hits)
    {
        for (int i = from; i < to; i++)
        {
            Run* run = _runs + _candidates[i].Run;
            Hash256* query = _queries + run->Query;
            Hash256* row = _index.Rows + _rows[i];
            int distance = query->DistanceTo(*row);
            if (distance <= _maxDistance && !IsFoundBefore(query, row, run->Part))
            {
                hits.Add(_firstQuery + run->Query, _rows[i], distance);
            }
        }
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
        Hash256 wanted = _queries[query];
        for (int row = 0; row < _index.Count; row++)
        {
            int distance = wanted.DistanceTo(_index.Rows[row]);
            if (distance <= _maxDistance)
            {
                hits.Add(_firstQuery + query, row, distance);
            }
        }
    }

    // A row may be found by several parts: the first one tells it.
    private readonly bool IsFoundBefore(Hash256* query, Hash256* row, int part)
    {
        var a = (ushort*)query;
        var b = (ushort*)row;
        for (int earlier = 0; earlier < part; earlier++)
        {
            int share = MultiIndex.Share(_maxDistance, earlier);
            int differing = BitOperations.PopCount((uint)(a[earlier] ^ b[earlier]));
            if (differing < share
                && differing + CheckWord.Distance(a[earlier + 1], b[earlier + 1])
                    < share + MultiIndex.Share(_maxDistance, earlier + 1))
            {
                return true;
            }
        }

        return false;
    }
}
