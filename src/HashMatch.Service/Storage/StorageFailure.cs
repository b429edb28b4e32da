using System.Data.Common;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace HashMatch.Service.Storage;

/// <summary>Tells failures of the database, or of the way to it, from faults of the service.</summary>
public static class StorageFailure
{
    // PostgreSQL's lock_not_available.
    private const string LockNotAvailable = "55P03";

    // SQLite's SQLITE_BUSY.
    private const int Busy = 5;

    /// <summary>Whether an exception says that storage does not do what it should.</summary>
    /// <remarks>
    /// A connection that is cut in the middle also shows as an object that is not open any more, or was disposed of,
    /// and a server whose name is not known as what the network says: none of them a <see cref="DbException"/>.
    /// </remarks>
    public static bool Is(Exception exception) => exception switch
    {
        DbException or DbUpdateException or SocketException => true,
        InvalidOperationException or TimeoutException or IOException =>
            exception.Source is "Npgsql" or "Microsoft.Data.Sqlite",
        _ => false,
    };

    /// <summary>Whether it says only that somebody else holds what was asked for: storage itself works.</summary>
    public static bool IsOnlyBusy(Exception exception) => exception.GetBaseException()
        is DbException { SqlState: LockNotAvailable } or SqliteException { SqliteErrorCode: Busy };
}
