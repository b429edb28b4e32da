namespace Grpc.Core;

/// <summary>Carries the context of a call that is being served to a call made meanwhile. Transports make it.</summary>
public abstract class ContextPropagationToken
{
    private protected ContextPropagationToken()
    {
    }
}
