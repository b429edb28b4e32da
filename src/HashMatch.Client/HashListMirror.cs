using Grpc.Core;
using HashMatch.Client.Mirrors;
using HashMatch.Hashing;
using HashMatch.Matching;
using HashMatch.Protocol;

namespace HashMatch.Client;

/// <summary>A platform's own copy of the list: it follows the service's feed, and matches in this process.</summary>
/// <remarks>
/// Everything the service sends is verified before it is used: the chain, how many entries are live, and a signature
/// under a key that was pinned. What does not verify is not used; the mirror says so in <see cref="Status"/>, goes on
/// matching what it has, and asks again. All members may be called from any thread at any time.
/// </remarks>
public sealed class HashListMirror : IAsyncDisposable
{
    // Of what a caller waits for: each call has several attempts of its own already.
    private const int MaxAttempts = 3;

    private readonly HashListMirrorOptions _options;
    private readonly FeedConnection _connection;
    private readonly MirrorFolder _folder;
    private readonly MirrorFile _file;
    private readonly FeedTrust _trust;
    private readonly CancellationTokenSource _ending = new();
    private readonly SemaphoreSlim _running = new(1, 1);

    private volatile MirroredList? _list;
    private volatile string? _diskError;
    private volatile string? _feedError;
    private volatile bool _isFollowing;
    private volatile bool _isCurrent;

    // Whether the list is to be taken afresh: the service does not know its place in the feed, or the file is lost.
    private volatile bool _isAstray;
    private long _pages;
    private int _isDisposed;

    private HashListMirror(HashListMirrorOptions options, FeedConnection connection, MirrorFolder folder)
    {
        _options = options;
        _connection = connection;
        _folder = folder;
        _file = new MirrorFile(folder.ListPath, options.RewriteAfter);
        _trust = new FeedTrust(
            folder.ReadIdentity(options.ParseKey()), connection.GetKeysAsync, folder.WriteIdentity);
    }

    /// <summary>Is raised when <see cref="Status"/> changed, by the thread that follows: do not wait in it.</summary>
    public event EventHandler? Changed;

    /// <summary>How far the mirror is.</summary>
    public HashListMirrorStatus Status
    {
        get
        {
            MirroredList list = _list!;
            FeedState state = list.State;
            return new HashListMirrorStatus(
                Convert.ToHexStringLower(state.Epoch),
                state.Position,
                list.Count,
                HashListCopy.ParseDay(state.Day),
                _trust.KeyId is byte[] id ? Convert.ToHexStringLower(id) : null,
                _isFollowing,
                _isFollowing && _isCurrent,
                _feedError ?? _diskError);
        }
    }

    /// <summary>
    /// Opens a mirror: reads its folder or, if that holds no list that is whole, takes one from the service. A mirror
    /// that is open can match.
    /// </summary>
    /// <param name="options">Which service, which folder.</param>
    /// <param name="cancellationToken">Ends the opening.</param>
    /// <exception cref="ArgumentException">The API key or the pinned key is malformed.</exception>
    /// <exception cref="HashListMirrorException">
    /// Another process uses the folder, or what the service sends does not verify.
    /// </exception>
    /// <exception cref="RpcException">There is no list yet, and the service refuses or cannot be reached.</exception>
    public static async Task<HashListMirror> OpenAsync(
        HashListMirrorOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        _ = options.ParseKey();
        var connection = new FeedConnection(options.Server, options.ApiKey);
        MirrorFolder? folder = null;
        HashListMirror? mirror = null;
        try
        {
            folder = MirrorFolder.Open(options.Folder);
            mirror = new HashListMirror(options, connection, folder);
            await mirror.LoadAsync(cancellationToken).ConfigureAwait(false);
            HashListMirror opened = mirror;
            mirror = null;
            folder = null;
            connection = null;
            return opened;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new HashListMirrorException("The mirror's folder cannot be read or written.", failure);
        }
        finally
        {
            mirror?.Close();
            folder?.Dispose();
            connection?.Dispose();
        }
    }

    /// <summary>Finds every entry of the list within a distance of a hash.</summary>
    /// <param name="hash">The hash.</param>
    /// <param name="maxDistance">The greatest distance of a match, from 0 to 256; 31 is the convention for PDQ.</param>
    /// <returns>The matches, the nearest first.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxDistance"/> is not from 0 to 256.</exception>
    public IReadOnlyList<HashListMatch> Match(Hash256 hash, int maxDistance = 31) => _list!.Match(hash, maxDistance);

    /// <summary>Finds the entries that show the same photo as pictures of which the views are given.</summary>
    /// <param name="pictures">For each picture its views, as <see cref="ViewHasher.Query"/> gave them.</param>
    /// <param name="views">The set that they are of: <see cref="MatchTiers"/> says how near each view must be.</param>
    /// <returns>For each picture the entries of both tiers, each once by its best view, the surest first.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such set or turn.</exception>
    public IReadOnlyList<IReadOnlyList<PictureMatch>> MatchPictures(
        IReadOnlyList<IReadOnlyList<PictureView>> pictures, QueryViews views) => _list!.Match(pictures, views);

    /// <summary>
    /// Follows the feed until it is cancelled: over broken connections, restarts of the service and its refusals of
    /// single pages.
    /// </summary>
    /// <param name="cancellationToken">Ends the following.</param>
    /// <exception cref="OperationCanceledException">It was cancelled, or the mirror was disposed of.</exception>
    /// <exception cref="RpcException">The service refuses for good: the API key is not valid any more.</exception>
    /// <exception cref="InvalidOperationException">It follows or pulls already.</exception>
    public Task FollowAsync(CancellationToken cancellationToken = default) =>
        RunAsync(FollowOnceAsync, int.MaxValue, cancellationToken);

    /// <summary>Brings the list up to the feed's end as it is now.</summary>
    /// <remarks>It is durable when this returns, and holds nothing any more that is withdrawn.</remarks>
    /// <param name="cancellationToken">Ends the pull. What was verified until then is kept.</param>
    /// <exception cref="OperationCanceledException">It was cancelled, or the mirror was disposed of.</exception>
    /// <exception cref="HashListMirrorException">What the service sends does not verify, again and again.</exception>
    /// <exception cref="RpcException">The service refuses, or cannot be reached.</exception>
    /// <exception cref="InvalidOperationException">It follows or pulls already.</exception>
    public async Task PullAsync(CancellationToken cancellationToken = default)
    {
        await RunAsync(PullOnceAsync, MaxAttempts, cancellationToken).ConfigureAwait(false);
        if (_diskError is string error)
        {
            throw new HashListMirrorException(error);
        }

        await AcknowledgeAsync(_list!.State, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends the following, and closes the folder and the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 1)
        {
            return;
        }

        await _ending.CancelAsync().ConfigureAwait(false);
        await _running.WaitAsync().ConfigureAwait(false);
        Close();
    }

    private void Close()
    {
        _file.Dispose();
        _trust.Dispose();
        _folder.Dispose();
        _connection.Dispose();
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        // What a process that was killed has left.
        File.Delete(_file.DraftPath);
        if (File.Exists(_folder.ListPath))
        {
            try
            {
                (MirroredList list, MirrorFileEnd end) =
                    await Task.Run(() => MirrorFile.Read(_folder.ListPath), cancellationToken).ConfigureAwait(false);
                _file.Resume(end);
                _list = list;
                return;
            }
            catch (InvalidDataException)
            {
                // It is not used at all: the service has a whole one.
            }
        }

        await RetryAsync(BeginAsync, MaxAttempts, cancellationToken).ConfigureAwait(false);
    }

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        using var draft = new MirrorFileDraft(_file.DraftPath);
        (MirroredList list, MirrorFileEnd end) = await SnapshotDownload
            .RunAsync(_connection, _trust, draft, cancellationToken)
            .ConfigureAwait(false);
        _file.Install(draft, end);
        _list = list;
    }

    private async Task RunAsync(
        Func<MirrorKeeper, CancellationToken, Task> onceAsync, int maxFailures, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed == 1, this);
        if (!await _running.WaitAsync(0, CancellationToken.None).ConfigureAwait(false))
        {
            throw new InvalidOperationException("The mirror follows or pulls already.");
        }

        try
        {
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _ending.Token);
            _isAstray |= !_file.IsOf(_list!.State);
            using var keeper = new MirrorKeeper(_file, AcknowledgeAsync, OnDisk, () => _isAstray = true);
            try
            {
                await RetryAsync(token => OnceAsync(keeper, onceAsync, token), maxFailures, ending.Token)
                    .ConfigureAwait(false);
            }
            finally
            {
                Tell(isFollowing: false, isCurrent: false, _feedError);
                await keeper.EndAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            _running.Release();
        }
    }

    private async Task OnceAsync(
        MirrorKeeper keeper, Func<MirrorKeeper, CancellationToken, Task> onceAsync, CancellationToken cancellationToken)
    {
        if (_isAstray)
        {
            await BeginAfreshAsync(keeper, cancellationToken).ConfigureAwait(false);
        }

        await onceAsync(keeper, cancellationToken).ConfigureAwait(false);
    }

    // The old list matches until the new one is whole.
    private async Task BeginAfreshAsync(MirrorKeeper keeper, CancellationToken cancellationToken)
    {
        var draft = new MirrorFileDraft(_file.DraftPath);
        try
        {
            (MirroredList list, MirrorFileEnd end) = await SnapshotDownload
                .RunAsync(_connection, _trust, draft, cancellationToken)
                .ConfigureAwait(false);
            _list = list;
            _isAstray = false;
            MirrorFileDraft kept = draft;
            draft = null;
            await keeper.KeepAsync(kept, end, CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            draft?.Dispose();
        }
    }

    private async Task PullOnceAsync(MirrorKeeper keeper, CancellationToken cancellationToken)
    {
        bool isMore = true;
        while (isMore)
        {
            FeedPage? page = await _connection.FetchAsync(_list!.State, cancellationToken).ConfigureAwait(false);
            isMore = await TakeAsync(page, keeper, isStream: false, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task FollowOnceAsync(MirrorKeeper keeper, CancellationToken cancellationToken)
    {
        using AsyncServerStreamingCall<FollowResponse> call = _connection.Follow(_list!.State, cancellationToken);
        while (await call.ResponseStream.MoveNext(cancellationToken).ConfigureAwait(false))
        {
            await TakeAsync(call.ResponseStream.Current.Page, keeper, isStream: true, cancellationToken)
                .ConfigureAwait(false);
        }

        throw new RpcException(new Status(StatusCode.Unavailable, "The service ended the stream."));
    }

    // Gives whether the page held anything.
    private async Task<bool> TakeAsync(
        FeedPage? page, MirrorKeeper keeper, bool isStream, CancellationToken cancellationToken)
    {
        MirroredList list = _list!;
        FeedChanges changes = PageCheck.Check(list, page);
        await _trust.VerifyAsync(page!.Checkpoint, cancellationToken).ConfigureAwait(false);

        list.Apply(changes);
        _pages++;
        Tell(isFollowing: isStream, isCurrent: page.Changes.Count < PageCheck.MaxChanges, error: null);
        await KeepAsync(changes, keeper).ConfigureAwait(false);
        return !_isAstray
            ? page.Changes.Count > 0
            : throw new HashListMirrorException("The mirror's file was damaged: the list is taken afresh.");
    }

    // What was applied is kept even when it is cancelled now: the list in memory may be followed again.
    private static async Task KeepAsync(FeedChanges changes, MirrorKeeper keeper)
    {
        Task kept = keeper.KeepAsync(changes, CancellationToken.None).AsTask();
        await (await Task.WhenAny(kept, keeper.Keeping).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private Task AcknowledgeAsync(FeedState durable, CancellationToken cancellationToken) =>
        _connection.AcknowledgeAsync(_trust.Identity.MirrorId, durable, cancellationToken);

    private async Task RetryAsync(
        Func<CancellationToken, Task> onceAsync, int maxFailures, CancellationToken cancellationToken)
    {
        int failures = 0;
        while (true)
        {
            long before = _pages;
            TimeSpan? pushback = null;
            try
            {
                await onceAsync(cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (RpcException ended) when (cancellationToken.IsCancellationRequested)
            {
                throw new OperationCanceledException(ended.Message, ended, cancellationToken);
            }
            catch (RpcException failure) when (
                (failure.StatusCode == StatusCode.FailedPrecondition || CallFailure.MayPass(failure)) && !IsLast())
            {
                _isAstray |= failure.StatusCode == StatusCode.FailedPrecondition;
                pushback = CallFailure.Pushback(failure);
                Tell(isFollowing: false, isCurrent: false, Explain(failure, isProgress: _pages > before));
            }
            catch (HashListMirrorException refused) when (!IsLast())
            {
                Tell(isFollowing: false, isCurrent: false, refused.Message);
            }

            failures = _pages > before ? 1 : failures + 1;
            await Task.Delay(pushback ?? _options.Retries.Pause(failures), cancellationToken).ConfigureAwait(false);

            bool IsLast() => _pages == before && failures + 1 >= maxFailures;
        }
    }

    // A stream that has had its life is opened again, which is nothing to tell.
    private static string? Explain(RpcException failure, bool isProgress) => failure.StatusCode switch
    {
        StatusCode.DeadlineExceeded when isProgress => null,
        StatusCode.FailedPrecondition =>
            "The service's feed has another past than this list: the list is taken afresh.",
        _ => $"The service cannot be followed ({failure.StatusCode}); it is tried again.",
    };

    private void OnDisk(string? error)
    {
        if (_diskError != error)
        {
            _diskError = error;
            Changed?.Invoke(this, EventArgs.Empty);
        }
    }

    private void Tell(bool isFollowing, bool isCurrent, string? error)
    {
        _isFollowing = isFollowing;
        _isCurrent = isCurrent;
        _feedError = error;
        if (_list is not null)
        {
            Changed?.Invoke(this, EventArgs.Empty);
        }
    }
}
