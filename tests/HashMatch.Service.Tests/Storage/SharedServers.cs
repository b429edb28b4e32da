[assembly: AssemblyFixture(typeof(HashMatch.Service.Tests.Storage.SharedServers))]

namespace HashMatch.Service.Tests.Storage;

/// <summary>Ends what tests share when the last of them is done.</summary>
public sealed class SharedServers : IAsyncDisposable
{
    public async ValueTask DisposeAsync() => await PostgresServer.EndSharedAsync();
}
