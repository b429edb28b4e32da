namespace HashMatch.Service.Storage;

/// <summary>The databases that the service can keep its data in.</summary>
public enum StorageProvider
{
    /// <summary>Embedded, one service a data folder.</summary>
    Sqlite,

    /// <summary>PostgreSQL, shared by any number of service nodes.</summary>
    Postgres,
}
