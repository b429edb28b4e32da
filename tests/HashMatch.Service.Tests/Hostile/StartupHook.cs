using System.Runtime;
using System.Runtime.InteropServices;

/// <summary>
/// What .NET runs in the service's process before the service itself, since the tests name this assembly in
/// DOTNET_STARTUP_HOOKS: it tells of task exceptions that nobody looked at, and collects garbage at SIGUSR1. So the
/// service needs no part for tests. .NET asks for the name and for no namespace.
/// </summary>
internal static class StartupHook
{
    public const string Unobserved = "Unobserved task exception: ";
    public const string Collected = "Collected garbage, time ";

    private static PosixSignalRegistration? _registration;
    private static int _times;

    public static void Initialize()
    {
        TaskScheduler.UnobservedTaskException += (_, raised) => Console.Error.WriteLine(Unobserved + raised.Exception);
        const int UserSignal = 10;
        _registration = PosixSignalRegistration.Create((PosixSignal)UserSignal, Collect);
    }

    private static void Collect(PosixSignalContext context)
    {
        context.Cancel = true;
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        Console.Error.WriteLine($"{Collected}{++_times}.");
    }
}
