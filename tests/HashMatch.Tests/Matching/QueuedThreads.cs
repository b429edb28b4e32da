using System.Collections.Concurrent;

namespace HashMatch.Tests.Matching;

/// <summary>Threads that a test gives when it likes, or refuses as a machine does that has no more.</summary>
internal sealed class QueuedThreads : TaskScheduler
{
    private readonly ConcurrentQueue<Task> _tasks = new();

    /// <summary>Whether there are none.</summary>
    public bool RefusesAll { get; set; }

    /// <summary>Runs what waits, in the caller's thread.</summary>
    /// <returns>How much there was.</returns>
    public int RunAll()
    {
        int count = 0;
        for (; _tasks.TryDequeue(out Task? task); count++)
        {
            TryExecuteTask(task);
        }

        return count;
    }

    protected override void QueueTask(Task task)
    {
        if (RefusesAll)
        {
            throw new InsufficientMemoryException();
        }

        _tasks.Enqueue(task);
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => _tasks;
}
