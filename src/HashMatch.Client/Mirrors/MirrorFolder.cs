using System.Security.Cryptography;

namespace HashMatch.Client.Mirrors;

/// <summary>A mirror's folder: its files, and the lock that keeps other processes from writing them.</summary>
internal sealed class MirrorFolder : IDisposable
{
    private const string ListName = "list";
    private const string IdentityName = "identity";
    private const string LockName = "lock";

    private readonly FileStream _lock;
    private readonly string _folder;

    private MirrorFolder(string folder, FileStream held)
    {
        _folder = folder;
        _lock = held;
    }

    /// <summary>Where the list is kept.</summary>
    public string ListPath => ListIn(_folder);

    private string IdentityPath => Path.Combine(_folder, IdentityName);

    /// <summary>Where a folder keeps its list.</summary>
    public static string ListIn(string folder) => Path.Combine(folder, ListName);

    /// <summary>Takes a folder for this process.</summary>
    /// <exception cref="HashListMirrorException">Another process has it, or it cannot be used.</exception>
    public static MirrorFolder Open(string folder)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
            }
            else
            {
                Directory.CreateDirectory(
                    folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new HashListMirrorException("The mirror's folder cannot be made or used.", failure);
        }

        try
        {
            FileStream held = PrivateFile.Open(
                Path.Combine(folder, LockName), FileMode.OpenOrCreate, FileShare.None);
            return new MirrorFolder(folder, held);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new HashListMirrorException("The mirror's folder cannot be written to.", failure);
        }
        catch (IOException failure)
        {
            throw new HashListMirrorException(
                "The mirror's folder is in use by another process, or cannot be written to. Give each mirror a folder "
                + "of its own.",
                failure);
        }
    }

    /// <summary>Reads who the mirror is; or makes it anew, and then nothing that is kept is trusted any more.</summary>
    /// <param name="key">The key of the options: an id of 32 bytes, a point of 64, or null.</param>
    public MirrorIdentity ReadIdentity(byte[]? key)
    {
        byte[]? point = key?.Length == 64 ? key : null;
        byte[]? id = point is not null ? SHA256.HashData(point) : key;
        MirrorIdentity? identity = MirrorIdentity.Read(IdentityPath);
        if (identity is not null && (id is null || IsKnown(identity, id)))
        {
            return identity;
        }

        MirrorIdentity made = MirrorIdentity.Create(id, point);
        if (identity is not null)
        {
            made = made with { MirrorId = identity.MirrorId };
        }

        File.Delete(ListPath);
        WriteIdentity(made);
        return made;
    }

    /// <summary>Keeps who the mirror is and what it trusts.</summary>
    public void WriteIdentity(MirrorIdentity identity) => identity.Write(IdentityPath);

    public void Dispose() => _lock.Dispose();

    private static bool IsKnown(MirrorIdentity identity, byte[] id) =>
        id.AsSpan().SequenceEqual(identity.RootId)
        || (identity.Key is byte[] key && id.AsSpan().SequenceEqual(SHA256.HashData(key)));
}
