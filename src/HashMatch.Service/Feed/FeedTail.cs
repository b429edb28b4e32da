using HashMatch.Service.Storage;
using Microsoft.EntityFrameworkCore;

namespace HashMatch.Service.Feed;

/// <summary>Watches the feed's end for all who follow it at this node: not each of them asks the database.</summary>
public sealed class FeedTail(
    IDbContextFactory<HashMatchDb> databases, FeedBell bell, ILogger<FeedTail> logger) : BackgroundService
{
    // Where nobody rings, or a notification got lost.
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    private readonly FeedBell _moved = new();
    private byte[] _chain = [];

    /// <summary>Ends when the feed's end is another. Ask for it before reading.</summary>
    public Task NextMove => _moved.Next;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            // Whatever it fails with, it looks again; an exception that got out of here would end the whole service.
            Task next = bell.Next;
            Task looking = LookAsync(stoppingToken);
            await looking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (looking.Exception?.InnerException is Exception failure)
            {
                logger.FeedUnreadable(failure.GetType().Name);
                next = Task.Delay(PollInterval, stoppingToken);
            }

            await next.WaitAsync(PollInterval, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        await using HashMatchDb db = await databases.CreateDbContextAsync(cancellationToken);
        byte[] chain = await db.FeedHeads.Select(head => head.Chain).SingleAsync(cancellationToken);
        if (!chain.AsSpan().SequenceEqual(_chain))
        {
            _chain = chain;
            _moved.Ring();
        }
    }
}
