using System.Security.Cryptography;
using System.Text;

namespace HashMatch.Client.Mirrors;

/// <summary>Who a mirror is, and which key it trusts.</summary>
/// <param name="MirrorId">Random, 16 bytes: by it the service counts mirrors.</param>
/// <param name="RootId">The id of the key that was pinned, 32 bytes; null before the first use.</param>
/// <param name="Key">The point of the key that is trusted now, 64 bytes; null while only its id is known.</param>
internal sealed record MirrorIdentity(byte[] MirrorId, byte[]? RootId, byte[]? Key)
{
    private const string Label = "hashmatch/mirror/identity/v1";
    private const string None = "-";

    /// <summary>Makes a mirror of its own.</summary>
    public static MirrorIdentity Create(byte[]? rootId, byte[]? key) =>
        new(RandomNumberGenerator.GetBytes(16), rootId, key);

    /// <summary>Reads the identity from its file.</summary>
    /// <returns>Null if there is none, or it is damaged.</returns>
    public static MirrorIdentity? Read(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        string text = File.ReadAllText(path, Encoding.Latin1);
        string[] parts = text.Split(' ', '\n');
        if (parts is not [_, { Length: 32 } mirrorId, var root, var key, _, ""] || text != Sealed(text))
        {
            return null;
        }

        return new MirrorIdentity(Convert.FromHexString(mirrorId), Bytes(root), Bytes(key));

        string Sealed(string whole) => Seal(whole[..(whole.LastIndexOf(' ') + 1)]);
    }

    /// <summary>Writes the identity to its file, durably.</summary>
    public void Write(string path) => PrivateFile.Write(
        path,
        Encoding.ASCII.GetBytes(Seal($"{Label} {Convert.ToHexStringLower(MirrorId)} {Text(RootId)} {Text(Key)} ")));

    private static string Seal(string content) =>
        content + Convert.ToHexStringLower(SHA256.HashData(Encoding.Latin1.GetBytes(content))) + "\n";

    private static string Text(byte[]? bytes) => bytes is null ? None : Convert.ToHexStringLower(bytes);

    private static byte[]? Bytes(string text) => text == None ? null : Convert.FromHexString(text);
}
