using System.Data.Common;
using System.Diagnostics;
using System.Net.Sockets;
using HashMatch.Service.Feed;
using HashMatch.Service.Health;
using HashMatch.Service.Matching;
using HashMatch.Service.Platforms;
using HashMatch.Service.Storage;
using Microsoft.Extensions.Options;

namespace HashMatch.Service;

/// <summary>Starts the service in order: storage, the list in memory, and only then the ports.</summary>
public static class ServiceRun
{
    /// <summary>Runs the service until it is told to stop.</summary>
    /// <returns>The process's exit code: 0 after a stop, 1 if it could not start.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            await using WebApplication app = Program.Build(args);
            StorageOptions storage = app.Services.GetRequiredService<IOptions<StorageOptions>>().Value;
            using StorageLock? held =
                storage.Provider == StorageProvider.Sqlite ? StorageLock.TryTake(storage) : null;
            if (held is null && storage.Provider == StorageProvider.Sqlite)
            {
                await Console.Error.WriteLineAsync(
                    "HashMatch could not start: another HashMatch service uses this data folder. "
                    + "Stop it, or set Storage__Path to another folder.");
                return 1;
            }

            await LoadAsync(app);
            await app.RunAsync();
            return 0;
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException
            or UnauthorizedAccessException or OptionsValidationException)
        {
            await Console.Error.WriteLineAsync($"HashMatch could not start: {exception.Message}");
            return 1;
        }
        catch (Exception exception) when (exception is DbException or SocketException)
        {
            await Console.Error.WriteLineAsync(
                $"HashMatch could not start, for its database cannot be used: {exception.Message}");
            return 1;
        }
    }

    /// <summary>Prepares storage and loads the list, so that the service can answer as soon as it listens.</summary>
    public static async Task LoadAsync(WebApplication app)
    {
        CancellationToken cancellationToken = app.Lifetime.ApplicationStopping;
        IServiceProvider services = app.Services;
        ILogger<HashList> logger = services.GetRequiredService<ILogger<HashList>>();
        await services.PrepareStorageAsync(cancellationToken);
        if (app.Environment.IsDevelopment())
        {
            await DemoPlatform.AddIfEmptyAsync(services.GetRequiredService<PlatformRegistry>(), cancellationToken);
        }

        // The keys are read now: a service without them would look healthy and answer no match and no mirror.
        services.GetRequiredService<EntryIds>();
        services.GetRequiredService<SigningKeys>().Current();
        await services.GetRequiredService<HashList>().LoadAsync(cancellationToken);
        long start = Stopwatch.GetTimestamp();
        int merged = await services.GetRequiredService<Sequencer>().MergeAsync(cancellationToken);
        if (merged > 0)
        {
            logger.PendingMerged(merged, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        services.GetRequiredService<ServiceHealth>().StorageWorks = true;
        app.Lifetime.ApplicationStarted.Register(
            () => logger.Healthy((DateTime.Now - Process.GetCurrentProcess().StartTime).TotalMilliseconds));
    }
}
