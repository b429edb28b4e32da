using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using Grpc.Core;
using HashMatch.Protocol;

namespace HashMatch.Client;

/// <summary>Requests and their answers, in order, over as many calls in turn as it takes.</summary>
/// <remarks>
/// A request is kept until its answer has come. When a call ends before that, another is opened and what is unanswered
/// is sent again, which is safe: matching changes nothing. A call is only opened when there is something to send, so a
/// call that the service ended for its silence is not missed.
/// </remarks>
internal sealed class MatchStream : IAsyncDisposable
{
    /// <summary>How many requests are taken and sent ahead of their answers at most.</summary>
    public const int MaxUnanswered = 64;

    // How long is waited, at the end, for a source that may not heed its token.
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    private readonly Func<AsyncDuplexStreamingCall<MatchStreamRequest, MatchStreamResponse>> _open;
    private readonly StreamRetries _retries;
    private readonly CancellationTokenSource _ending;
    private readonly CancellationToken _cancellation;

    // Room is taken before a request, and given back by its answer: both queues together never hold more.
    private readonly SemaphoreSlim _room = new(MaxUnanswered);
    private readonly Channel<MatchStreamRequest> _ready = Channel.CreateUnbounded<MatchStreamRequest>();
    private readonly ConcurrentQueue<MatchStreamRequest> _unanswered = [];
    private readonly Task _taking;

    private AsyncDuplexStreamingCall<MatchStreamRequest, MatchStreamResponse>? _call;
    private CancellationTokenSource? _callEnding;
    private Task _sending = Task.CompletedTask;
    private int _failures;

    /// <summary>Begins to take requests, at most <see cref="MaxUnanswered"/> ahead.</summary>
    /// <param name="requests">Where the requests come from, however slowly.</param>
    /// <param name="open">Opens a call.</param>
    /// <param name="retries">When to give up.</param>
    /// <param name="cancellationToken">Ends it all.</param>
    public MatchStream(
        IAsyncEnumerable<MatchStreamRequest> requests,
        Func<AsyncDuplexStreamingCall<MatchStreamRequest, MatchStreamResponse>> open,
        StreamRetries retries,
        CancellationToken cancellationToken)
    {
        _open = open;
        _retries = retries;
        _ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _cancellation = cancellationToken;
        _taking = TakeAsync(requests, _ending.Token);
    }

    /// <summary>Waits for the next answer.</summary>
    /// <returns>The answer, or null when all requests are answered and no more will come.</returns>
    /// <exception cref="RpcException">The service refused, or too many calls in a row gave no answer.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<MatchResponse?> NextAsync()
    {
        while (await OpenAsync().ConfigureAwait(false) is { } call)
        {
            RpcException failure;
            try
            {
                if (await call.ResponseStream.MoveNext(_cancellation).ConfigureAwait(false))
                {
                    return Accept(call.ResponseStream.Current);
                }

                failure = new RpcException(new Status(
                    StatusCode.Unavailable, "The service ended the call before it had answered everything."));
            }
            catch (RpcException ended) when (_cancellation.IsCancellationRequested)
            {
                throw new OperationCanceledException(ended.Message, ended, _cancellation);
            }
            catch (RpcException ended) when (CallFailure.MayPass(ended))
            {
                failure = ended;
            }

            await CloseAsync().ConfigureAwait(false);
            if (!_unanswered.IsEmpty)
            {
                await PauseAsync(failure).ConfigureAwait(false);
            }
        }

        // What broke the source off is told after the answers to what it gave before.
        await _taking.ConfigureAwait(false);
        return null;
    }

    /// <summary>Ends the call and the taking of requests.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        await CloseAsync().ConfigureAwait(false);

        // A source is not to be used after the caller has what it asked for; but one that waits for its next request
        // and does not heed its token must not keep the caller.
        await _taking
            .WaitAsync(Farewell, CancellationToken.None)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ending.Dispose();
    }

    private async Task TakeAsync(
        IAsyncEnumerable<MatchStreamRequest> requests, CancellationToken cancellationToken)
    {
        try
        {
            await _room.WaitAsync(cancellationToken).ConfigureAwait(false);
            await foreach (MatchStreamRequest request
                in requests.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                _ready.Writer.TryWrite(request);
                await _room.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _ready.Writer.Complete();
        }
    }

    private MatchResponse Accept(MatchStreamResponse answer)
    {
        if (!_unanswered.TryDequeue(out _) || answer.Response is null)
        {
            throw new RpcException(new Status(StatusCode.Internal, "The service's answer fits no request."));
        }

        _failures = 0;
        _room.Release();
        return answer.Response;
    }

    // Gives the open call, or opens one when there is something to send; null when nothing is left to send.
    private async Task<AsyncDuplexStreamingCall<MatchStreamRequest, MatchStreamResponse>?> OpenAsync()
    {
        if (_call is null
            && (!_unanswered.IsEmpty || await _ready.Reader.WaitToReadAsync(_cancellation).ConfigureAwait(false)))
        {
            _call = _open();
            _callEnding = new CancellationTokenSource();
            _sending = SendAsync(_call.RequestStream, [.. _unanswered], _callEnding.Token);
        }

        return _call;
    }

    private async Task SendAsync(
        IClientStreamWriter<MatchStreamRequest> requests,
        MatchStreamRequest[] again,
        CancellationToken cancellationToken)
    {
        foreach (MatchStreamRequest request in again)
        {
            await requests.WriteAsync(request, cancellationToken).ConfigureAwait(false);
        }

        while (await _ready.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            while (_ready.Reader.TryRead(out MatchStreamRequest? request))
            {
                // Kept first: what a broken call may have swallowed is sent again.
                _unanswered.Enqueue(request);
                await requests.WriteAsync(request, cancellationToken).ConfigureAwait(false);
            }
        }

        await requests.CompleteAsync().ConfigureAwait(false);
    }

    private async Task CloseAsync()
    {
        if (_call is null)
        {
            return;
        }

        await _callEnding!.CancelAsync().ConfigureAwait(false);
        _call.Dispose();

        // What ended the call is told by the reading side.
        await _sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _callEnding.Dispose();
        _call = null;
    }

    private async Task PauseAsync(RpcException failure)
    {
        if (++_failures == _retries.MaxFailures)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        await Task
            .Delay(CallFailure.Pushback(failure) ?? _retries.Pause(_failures), _cancellation)
            .ConfigureAwait(false);
    }
}
