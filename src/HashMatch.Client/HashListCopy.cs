using System.Globalization;
using HashMatch.Client.Mirrors;
using HashMatch.Hashing;
using HashMatch.Matching;

namespace HashMatch.Client;

/// <summary>The list as a mirror's folder holds it at one moment, for matching without the service.</summary>
/// <remarks>
/// It does not follow: withdrawals that come after it was read do not reach it, so read it, use it and let go of it. It
/// can be read while a <see cref="HashListMirror"/> follows into the same folder. All members may be used from several
/// threads.
/// </remarks>
public sealed class HashListCopy
{
    private readonly MirroredList _list;

    private HashListCopy(MirroredList list) => _list = list;

    /// <summary>The epoch of the service's feed: 32 hexadecimal digits.</summary>
    public string Epoch => Convert.ToHexStringLower(_list.State.Epoch);

    /// <summary>The position in the feed that the copy is of.</summary>
    public ulong Position => _list.State.Position;

    /// <summary>How many entries it has.</summary>
    public int LiveCount => _list.Count;

    /// <summary>The day (UTC) of the signature that the copy was verified with, or null if it tells none.</summary>
    public DateOnly? CheckpointDay => ParseDay(_list.State.Day);

    /// <summary>Reads the list of a mirror's folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="HashListMirrorException">It holds no list, or a damaged one.</exception>
    public static HashListCopy Read(string folder)
    {
        try
        {
            return new HashListCopy(MirrorFile.Read(MirrorFolder.ListIn(folder)).List);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new HashListMirrorException("The folder holds no list. Pull one first.", failure);
        }
        catch (InvalidDataException failure)
        {
            throw new HashListMirrorException("The mirror's list is damaged. Pull it again.", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new HashListMirrorException("The mirror's list cannot be read.", failure);
        }
    }

    /// <inheritdoc cref="HashListMirror.Match"/>
    public IReadOnlyList<HashListMatch> Match(Hash256 hash, int maxDistance = 31) => _list.Match(hash, maxDistance);

    /// <inheritdoc cref="HashListMirror.MatchPictures"/>
    public IReadOnlyList<IReadOnlyList<PictureMatch>> MatchPictures(
        IReadOnlyList<IReadOnlyList<PictureView>> pictures, QueryViews views) => _list.Match(pictures, views);

    /// <summary>Reads the day of a checkpoint.</summary>
    internal static DateOnly? ParseDay(string day) =>
        DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date)
            ? date
            : null;
}
