using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace HashMatch.Service.Tests.Storage;

/// <summary>A PostgreSQL server of the tests' own: on a disk if so asked, else in memory if possible.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    // After a crash it syncs every file of its thousand, one by one, unless told to have the disk sync all at once.
    private const string RecoverySync = "recovery_init_sync_method = syncfs";

    private static readonly string? Binaries = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Order().Select(folder => folder + "/bin").LastOrDefault()
        : null;

    private static readonly Lazy<Task<PostgresServer>> Started = new(() => StartAsync());

    // Where the tests were built; or, where PostgreSQL's user may not go there, what outlasts a restart as well.
    private static readonly string[] Disks = [Path.Combine(AppContext.BaseDirectory, "data"), "/var/tmp"];

    private readonly string _folder;
    private bool _isRunning;

    private PostgresServer(string folder, int port)
    {
        _folder = folder;
        Port = port;
    }

    /// <summary>Whether the machine has PostgreSQL. In CI it must.</summary>
    public static bool IsInstalled => Binaries is not null;

    /// <summary>The server that most tests share, each with a database of its own; ends with the test run.</summary>
    public static Task<PostgresServer> Shared => Started.Value;

    /// <summary>Where it is reached; another at the next start, if so asked while it is stopped.</summary>
    public int Port { get; set; }

    /// <summary>Where the cluster's files are.</summary>
    public string DataFolder => Path.Combine(_folder, "data");

    private string LogFile => Path.Combine(_folder, "log");

    /// <summary>Makes a cluster and starts its server.</summary>
    /// <param name="settings">Lines for postgresql.conf.</param>
    public static async Task<PostgresServer> StartAsync(params string[] settings) =>
        await StartAsync(await MakeFolderAsync(), settings);

    /// <summary>As <see cref="StartAsync(string[])"/>, but with its files on a disk, for what rests on syncs.</summary>
    public static async Task<PostgresServer> StartOnDiskAsync(params string[] settings) =>
        await StartAsync(await MakeFolderOnDiskAsync(), [RecoverySync, .. settings]);

    private static async Task<PostgresServer> StartAsync(string folder, string[] settings)
    {
        var server = new PostgresServer(folder, FreePort());
        await RunBinaryAsync(
            "initdb", "-D", server.DataFolder, "-U", "hashmatch", "-A", "trust", "-E", "UTF8", "--locale=C", "-N");
        await File.AppendAllLinesAsync(
            Path.Combine(server.DataFolder, "postgresql.conf"),
            [
                "listen_addresses = '127.0.0.1'",
                "unix_socket_directories = ''",
                "max_connections = 300",
                .. settings,
            ]);
        await server.RunAsync();
        return server;
    }

    /// <summary>Copies the cluster and starts the copy as a standby, which takes over what this one commits.</summary>
    public async Task<PostgresServer> StartStandbyAsync()
    {
        var standby = new PostgresServer(await MakeFolderAsync(), FreePort());
        await RunBinaryAsync(
            "pg_basebackup",
            "-d",
            $"host=127.0.0.1 port={Port} user=hashmatch",
            "-D",
            standby.DataFolder,
            "-R",
            "-c",
            "fast",
            "--no-sync");
        await standby.RunAsync();
        return standby;
    }

    /// <summary>Makes a standby a server of its own.</summary>
    public Task PromoteAsync() => RunBinaryAsync("pg_ctl", "-D", DataFolder, "-w", "promote");

    /// <summary>Ends the shared server, if it was started.</summary>
    public static async Task EndSharedAsync()
    {
        if (Started.IsValueCreated)
        {
            await (await Started.Value).DisposeAsync();
        }
    }

    /// <summary>How a database of this server is reached.</summary>
    public string ConnectionString(string database) =>
        $"Host=127.0.0.1;Port={Port};Username=hashmatch;Database={database};Include Error Detail=false";

    /// <summary>Makes a database if there is none of that name, and says how it is reached.</summary>
    public async Task<string> CreateDatabaseAsync(string name)
    {
        await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        await connection.OpenAsync();
        await using NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM pg_database WHERE datname = '{name}'";
        if ((long)(await command.ExecuteScalarAsync())! == 0)
        {
            command.CommandText = $"CREATE DATABASE {name}";
            await command.ExecuteNonQueryAsync();
        }

        return ConnectionString(name);
    }

    /// <summary>What the server itself has logged.</summary>
    public Task<string> ReadLogAsync() => File.ReadAllTextAsync(LogFile);

    /// <summary>Starts the server on its files.</summary>
    public async Task RunAsync()
    {
        await RunBinaryAsync("pg_ctl", "-D", DataFolder, "-l", LogFile, "-o", $"-p {Port}", "-w", "start");
        _isRunning = true;
    }

    /// <summary>Stops the server: <c>fast</c>, or <c>immediate</c> as in a crash.</summary>
    public async Task StopAsync(string mode = "fast")
    {
        await RunBinaryAsync("pg_ctl", "-D", DataFolder, "-m", mode, "-w", "stop");
        _isRunning = false;
    }

    /// <summary>The server's processes, the first one first.</summary>
    public async Task<int[]> ProcessesAsync()
    {
        string[] lines = await File.ReadAllLinesAsync(Path.Combine(DataFolder, "postmaster.pid"));
        string children = await File.ReadAllTextAsync($"/proc/{lines[0]}/task/{lines[0]}/children");
        return
        [
            .. children.Split(' ', StringSplitOptions.RemoveEmptyEntries).Prepend(lines[0])
                .Select(id => int.Parse(id, CultureInfo.InvariantCulture)),
        ];
    }

    /// <summary>Ends all the server's processes as a power cut would: none of them comes to do anything more.</summary>
    public async Task KillAsync()
    {
        // The first one is held meanwhile, so that it makes no more of them, and none that ends is gone for good.
        string first = (await ProcessesAsync())[0].ToString(CultureInfo.InvariantCulture);
        await RunAsync("kill", "-s", "STOP", first);
        int[] all = await ProcessesAsync();
        await RunAsync(
            "kill", ["-s", "KILL", .. all.Reverse().Select(id => id.ToString(CultureInfo.InvariantCulture))]);
        while (Array.Exists(all, IsThere))
        {
            await Task.Delay(5);
        }

        // A server takes the number of one that has ended, but that nobody has asked how, for a server that runs.
        File.Delete(Path.Combine(DataFolder, "postmaster.pid"));
        _isRunning = false;
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (_isRunning)
        {
            await StopAsync("immediate");
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<string> MakeFolderAsync()
    {
        string parent = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
        string folder = Path.Combine(parent, $"hashmatch-postgres-{Guid.NewGuid():N}");
        Directory.CreateDirectory(folder);
        await GiveToServerAsync(folder);
        return folder;
    }

    private static async Task<string> MakeFolderOnDiskAsync()
    {
        string name = $"hashmatch-postgres-{Guid.NewGuid():N}";
        foreach (string disk in Disks)
        {
            string folder = Directory.CreateDirectory(Path.Combine(disk, name)).FullName;
            await GiveToServerAsync(folder);
            if (await CanEnterAsync(folder))
            {
                return folder;
            }

            Directory.Delete(folder);
        }

        throw new InvalidOperationException("There is no folder on a disk that PostgreSQL's user may enter.");
    }

    private static async Task GiveToServerAsync(string folder)
    {
        if (Environment.UserName == "root")
        {
            await RunAsync("chown", "postgres", folder);
        }
    }

    private static async Task<bool> CanEnterAsync(string folder)
    {
        if (Environment.UserName != "root")
        {
            return true;
        }

        using Process asked = Process.Start("runuser", ["-u", "postgres", "--", "test", "-x", folder]);
        await asked.WaitForExitAsync();
        return asked.ExitCode == 0;
    }

    // One that has ended stays in the table until somebody asks how.
    private static bool IsThere(int id)
    {
        try
        {
            return !File.ReadAllText($"/proc/{id}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    // PostgreSQL refuses to be run by root.
    private static Task RunBinaryAsync(string name, params string[] arguments) => Environment.UserName == "root"
        ? RunAsync("runuser", ["-u", "postgres", "--", Path.Combine(Binaries!, name), .. arguments])
        : RunAsync(Path.Combine(Binaries!, name), arguments);

    private static async Task RunAsync(string program, params string[] arguments)
    {
        // The server keeps the streams it is started with, so that they never end: only the exit is waited for.
        var start = new ProcessStartInfo("sh")
        {
            ArgumentList = { "-c", "exec \"$0\" \"$@\" </dev/null >/dev/null 2>&1", program },
            WorkingDirectory = "/",
        };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {process.ExitCode}");
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
