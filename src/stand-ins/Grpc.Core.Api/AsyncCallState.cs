namespace Grpc.Core;

// What the four kinds of call have in common: functions of the transport, with the state that it wants handed back.
// The calls have one constructor with a state and one without; the latter wraps its functions here.
internal sealed class AsyncCallState(
    Func<object, Task<Metadata>> responseHeadersAsync,
    Func<object, Status> getStatus,
    Func<object, Metadata> getTrailers,
    Action<object> dispose,
    object state)
{
    public AsyncCallState(
        Task<Metadata> responseHeadersAsync, Func<Status> getStatus, Func<Metadata> getTrailers, Action dispose)
        : this(_ => responseHeadersAsync, _ => getStatus(), _ => getTrailers(), _ => dispose(), getStatus)
    {
    }

    public Task<Metadata> ResponseHeadersAsync()
    {
        return responseHeadersAsync(state);
    }

    public Status GetStatus()
    {
        return getStatus(state);
    }

    public Metadata GetTrailers()
    {
        return getTrailers(state);
    }

    public void Dispose()
    {
        dispose(state);
    }
}
