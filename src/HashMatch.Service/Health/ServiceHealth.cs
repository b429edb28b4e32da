namespace HashMatch.Service.Health;

/// <summary>Whether the service can do its work, told to all who watch.</summary>
public sealed class ServiceHealth
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _storageWorks;

    /// <summary>Whether the last write to storage worked; false until the list is loaded.</summary>
    public bool StorageWorks
    {
        get => _storageWorks;

        set
        {
            lock (_lock)
            {
                if (_storageWorks == value)
                {
                    return;
                }

                _storageWorks = value;
                _changed.SetResult();
                _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    /// <summary>Gives the state now and a task that ends when it changes.</summary>
    public (bool Works, Task Changed) Observe()
    {
        lock (_lock)
        {
            return (_storageWorks, _changed.Task);
        }
    }
}
