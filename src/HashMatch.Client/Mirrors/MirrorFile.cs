namespace HashMatch.Client.Mirrors;

/// <summary>
/// The file that keeps a mirror's list: written whole now and then, with a record appended for each page between.
/// </summary>
internal sealed class MirrorFile : IDisposable
{
    // Records are gathered into the body when they are as much as it, and not less than this.
    private const long LeastRecords = 16L << 20;

    private readonly string _path;
    private readonly TimeSpan _rewriteAfter;
    private MirrorFileEnd? _end;
    private byte[] _digest = [];
    private FileStream? _file;
    private long? _withdrawnSince;

    // Whether bytes may lie behind the end that _end knows: an append failed.
    private bool _isTorn;

    /// <summary>Keeps a file.</summary>
    /// <param name="path">Where it is, or will be.</param>
    /// <param name="rewriteAfter">How long withdrawn hashes may stay in it.</param>
    public MirrorFile(string path, TimeSpan rewriteAfter)
    {
        _path = path;
        _rewriteAfter = rewriteAfter;
    }

    /// <summary>The name that a file has while it is written.</summary>
    public string DraftPath => _path + ".new";

    /// <summary>Whether the file holds what is withdrawn.</summary>
    public bool HasWithdrawn => _withdrawnSince is not null;

    /// <summary>Whether it is time to write the file anew.</summary>
    public bool IsRewriteDue =>
        (_withdrawnSince is long since && Environment.TickCount64 - since >= _rewriteAfter.TotalMilliseconds)
        || (_end is not null && _end.Length - _end.BodyLength > Math.Max(LeastRecords, _end.BodyLength));

    /// <summary>Whether the file ends at a place in the feed.</summary>
    public bool IsOf(FeedState state) =>
        _end is not null
        && _end.State.Position == state.Position
        && _end.State.Chain.AsSpan().SequenceEqual(state.Chain);

    /// <summary>Whether a page says anything that the file does not hold.</summary>
    public bool IsNews(FeedChanges page) => !IsOf(page.After) || _end!.State.Day != page.After.Day;

    /// <summary>Reads the list of a file.</summary>
    /// <param name="path">Where it is.</param>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static (MirroredList List, MirrorFileEnd End) Read(string path)
    {
        var list = new MirroredList();
        var reader = new MirrorFileReader
        {
            OnAddition = list.Load,
            OnBare = list.LoadBare,
            OnWithdrawn = list.LoadWithdrawn,
        };
        MirrorFileEnd end = reader.Read(path);
        list.Complete(end.State);
        ulong live = end.State.LiveCount;
        return live >= (ulong)list.Count && live <= (ulong)(list.Count + list.BareCount)
            ? (list, end)
            : throw new InvalidDataException("The mirror's file does not hold as many entries as it should.");
    }

    /// <summary>Goes on with the file that was read.</summary>
    public void Resume(MirrorFileEnd end)
    {
        _end = end;
        _digest = end.Digest;
        _isTorn = true;
        _withdrawnSince = end.HasWithdrawn ? Environment.TickCount64 : null;
    }

    /// <summary>Puts a completed draft in the file's place.</summary>
    public void Install(MirrorFileDraft draft, MirrorFileEnd end)
    {
        draft.Install(_path);
        _file?.Dispose();
        _file = null;
        Resume(end);
        _isTorn = false;
    }

    /// <summary>Appends pages and makes them durable. After an exception the same pages can be given again.</summary>
    public void Append(IReadOnlyList<FeedChanges> pages)
    {
        MirrorFileEnd end = _end!;
        byte[] digest = _digest;
        _file ??= new FileStream(
            _path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        if (_isTorn)
        {
            _file.SetLength(end.Length);
        }

        _isTorn = true;
        _file.Position = end.Length;
        foreach (FeedChanges page in pages)
        {
            _file.Write(MirrorFileFormat.Record(page, ref digest));
        }

        _file.Flush(flushToDisk: true);
        _isTorn = false;
        _digest = digest;
        _end = end with { State = pages[^1].After, Length = _file.Position };
        if (pages.Any(page => page.Withdrawn.Count > 0))
        {
            _withdrawnSince ??= Environment.TickCount64;
        }
    }

    /// <summary>Writes the file anew without what is withdrawn.</summary>
    /// <exception cref="InvalidDataException">The file was damaged meanwhile.</exception>
    public void Rewrite()
    {
        // What is withdrawn is only known at the end, so the file is read twice rather than kept in memory.
        var withdrawn = new HashSet<ulong>();
        var bare = new HashSet<ulong>();
        MirrorFileEnd end = new MirrorFileReader
        {
            OnAddition = _ => { },
            OnBare = position => bare.Add(position),
            OnWithdrawn = position => withdrawn.Add(position),
        }.Read(_path);
        bare.ExceptWith(withdrawn);
        using var draft = new MirrorFileDraft(DraftPath);
        new MirrorFileReader
        {
            OnAddition = entry =>
            {
                if (!withdrawn.Contains(entry.Position))
                {
                    draft.Add(entry);
                }
            },
            OnBare = _ => { },
            OnWithdrawn = _ => { },
        }.Read(_path);
        Install(draft, draft.Complete(bare, end.State));
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file?.Dispose();
}
