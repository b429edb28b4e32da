using System.Threading.Channels;
using Grpc.Core;

namespace HashMatch.Client.Mirrors;

/// <summary>Makes durable what a mirror has applied, behind its back, and acknowledges it then.</summary>
/// <remarks>
/// Matching and following never wait for the disk, unless it is far behind: a withdrawal counts at once even while the
/// file is written anew. Pages that came together share one sync.
/// </remarks>
internal sealed class MirrorKeeper : IDisposable
{
    private const int MaxBehind = 64;

    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly MirrorFile _file;
    private readonly Func<FeedState, CancellationToken, Task> _acknowledgeAsync;
    private readonly Action<string?> _onDisk;
    private readonly Action _onDamage;
    private readonly CancellationTokenSource _ending = new();

    // Null is a tick, which only makes the keeper look whether something is due.
    private readonly Channel<Work?> _work = Channel.CreateBounded<Work?>(MaxBehind);
    private readonly Channel<FeedState> _durable = Channel.CreateBounded<FeedState>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly Task _ticking;
    private readonly Task _acknowledging;

    // Whether the file lacks something: nothing is appended until it is replaced.
    private bool _isBroken;

    /// <summary>Begins to keep a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="acknowledgeAsync">Tells the service what is durable.</param>
    /// <param name="onDisk">Is told why the disk does not take it, and with null that it does.</param>
    /// <param name="onDamage">Is told that the file is damaged and a new list is needed.</param>
    public MirrorKeeper(
        MirrorFile file,
        Func<FeedState, CancellationToken, Task> acknowledgeAsync,
        Action<string?> onDisk,
        Action onDamage)
    {
        _onDamage = onDamage;
        _file = file;
        _acknowledgeAsync = acknowledgeAsync;
        _onDisk = onDisk;
        Keeping = Task.Run(KeepAsync);
        _ticking = TickAsync();
        _acknowledging = AcknowledgeAsync();
    }

    /// <summary>Ends when the keeper does; with an exception if it cannot go on.</summary>
    public Task Keeping { get; }

    /// <summary>Keeps a page.</summary>
    public ValueTask KeepAsync(FeedChanges changes, CancellationToken cancellationToken) =>
        _work.Writer.WriteAsync(new Work(changes, null, null), cancellationToken);

    /// <summary>Keeps a new list in the place of the one before.</summary>
    public ValueTask KeepAsync(MirrorFileDraft draft, MirrorFileEnd end, CancellationToken cancellationToken) =>
        _work.Writer.WriteAsync(new Work(null, draft, end), cancellationToken);

    /// <summary>Keeps what is still to be kept, as far as the disk takes it, and ends.</summary>
    public async Task EndAsync()
    {
        _work.Writer.TryComplete();
        await _ending.CancelAsync().ConfigureAwait(false);
        await _ticking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _acknowledging.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Keeping.ConfigureAwait(false);
    }

    /// <summary>To be called after <see cref="EndAsync"/>.</summary>
    public void Dispose() => _ending.Dispose();

    private async Task KeepAsync()
    {
        while (await _work.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            FeedState? last = await KeepSomeAsync().ConfigureAwait(false);
            if (last is not null && !_isBroken)
            {
                _durable.Writer.TryWrite(last);
            }

            if (_file.IsRewriteDue)
            {
                await RewriteAsync().ConfigureAwait(false);
            }
        }

        if (_file.HasWithdrawn)
        {
            await RewriteAsync().ConfigureAwait(false);
        }
    }

    // Keeps what has come; gives where the feed stands after it.
    private async Task<FeedState?> KeepSomeAsync()
    {
        var pages = new List<FeedChanges>();
        FeedState? last = null;
        while (_work.Reader.TryRead(out Work? work))
        {
            if (work?.Draft is MirrorFileDraft draft)
            {
                // What came before is of the list that this one replaces.
                pages.Clear();
                _isBroken = !await InsistAsync(() => _file.Install(draft, work.End!)).ConfigureAwait(false);
                draft.Dispose();
                last = work.End!.State;
            }
            else if (work?.Changes is FeedChanges changes)
            {
                pages.Add(changes);
                last = changes.After;
            }
        }

        // Pages that only repeat where the feed stands need no place on the disk.
        if (!_isBroken && pages.Exists(_file.IsNews))
        {
            _isBroken = !await InsistAsync(() => _file.Append(pages)).ConfigureAwait(false);
        }

        return last;
    }

    private async Task RewriteAsync()
    {
        try
        {
            _isBroken |= !await InsistAsync(_file.Rewrite).ConfigureAwait(false);
        }
        catch (InvalidDataException)
        {
            _isBroken = true;
            _onDamage();
        }
    }

    // Repeats what the disk refuses, until it takes it or the mirror ends.
    private async Task<bool> InsistAsync(Action write)
    {
        while (true)
        {
            try
            {
                write();
                _onDisk(null);
                return true;
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                _onDisk("The mirror's file cannot be written; it is tried again. Is the disk full?");
            }

            if (_ending.IsCancellationRequested)
            {
                return false;
            }

            await Task.Delay(PauseAfterFailure, _ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TickAsync()
    {
        using var timer = new PeriodicTimer(Tick);
        while (await timer.WaitForNextTickAsync(_ending.Token).ConfigureAwait(false))
        {
            _work.Writer.TryWrite(null);
        }
    }

    // Each place once, and again on a new day, so that the service sees that the mirror is there.
    private async Task AcknowledgeAsync()
    {
        FeedState? acknowledged = null;
        TimeSpan pause = PauseAfterFailure;
        await foreach (FeedState durable in _durable.Reader.ReadAllAsync(_ending.Token).ConfigureAwait(false))
        {
            if (acknowledged?.Position == durable.Position && acknowledged.Day == durable.Day)
            {
                continue;
            }

            try
            {
                await _acknowledgeAsync(durable, _ending.Token).ConfigureAwait(false);
                acknowledged = durable;
                pause = PauseAfterFailure;
            }
            catch (RpcException)
            {
                // It changes nothing here. What is durable by then is acknowledged after a pause.
                await Task.Delay(pause, _ending.Token).ConfigureAwait(false);
                pause = pause < LongestPause ? 2 * pause : pause;
                if (_durable.Reader.Count == 0)
                {
                    _durable.Writer.TryWrite(durable);
                }
            }
        }
    }

    private sealed record Work(FeedChanges? Changes, MirrorFileDraft? Draft, MirrorFileEnd? End);
}
