namespace Grpc.Core;

/// <summary>A way to a service, over which clients call it.</summary>
public abstract class ChannelBase
{
    /// <summary>Makes a channel.</summary>
    /// <param name="target">Where it leads.</param>
    protected ChannelBase(string target)
    {
        ArgumentNullException.ThrowIfNull(target);
        Target = target;
    }

    /// <summary>Where the channel leads.</summary>
    public string Target { get; }

    /// <summary>Makes an invoker whose calls go over this channel.</summary>
    public abstract CallInvoker CreateCallInvoker();

    /// <summary>Ends the channel; its calls are cancelled.</summary>
    public Task ShutdownAsync()
    {
        return ShutdownAsyncCore();
    }

    /// <summary>What <see cref="ShutdownAsync"/> does; by itself nothing.</summary>
    protected virtual Task ShutdownAsyncCore()
    {
        return Task.CompletedTask;
    }
}
