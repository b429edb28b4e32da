namespace Grpc.Core;

/// <summary>The responses of a call in the hands of its server.</summary>
/// <typeparam name="T">The response.</typeparam>
public interface IServerStreamWriter<in T> : IAsyncStreamWriter<T>
{
}
