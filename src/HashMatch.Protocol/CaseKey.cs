using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace HashMatch.Protocol;

/// <summary>
/// The key of a case: 128 random bits made on the person's device, the only thing by which the case is known.
/// </summary>
/// <remarks>
/// <para>
/// As text it is 26 characters of Crockford's base32 and a check character (the value modulo 37) that finds every
/// single wrong character and every swap of neighbours. Reading ignores case, hyphens and white space and takes O for
/// 0, I and L for 1, as people write them.
/// </para>
/// <para>The default value is the key of zeros, which <see cref="Create"/> practically never makes.</para>
/// </remarks>
public readonly record struct CaseKey
{
    /// <summary>The size of a key in bytes: 16.</summary>
    public const int ByteCount = 16;

    private const int DigitCount = 26;
    private const int GroupLength = 5;

    // Crockford's base32 alphabet, and the five symbols that only a check character can be.
    private const string Symbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U";

    private readonly UInt128 _value;

    /// <summary>Reads a key from its bytes, as on the wire.</summary>
    /// <param name="bytes">Exactly 16 bytes.</param>
    /// <exception cref="ArgumentException"><paramref name="bytes"/> is not 16 bytes long.</exception>
    public CaseKey(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != ByteCount)
        {
            throw new ArgumentException("A case key is 16 bytes long.", nameof(bytes));
        }

        foreach (byte part in bytes)
        {
            _value = (_value << 8) | part;
        }
    }

    private CaseKey(UInt128 value) => _value = value;

    /// <summary>Makes a new key from the system's cryptographic random numbers.</summary>
    public static CaseKey Create()
    {
        Span<byte> bytes = stackalloc byte[ByteCount];
        RandomNumberGenerator.Fill(bytes);
        return new CaseKey(bytes);
    }

    /// <summary>Reads a key as a person typed it.</summary>
    /// <param name="text">The 27 characters; case, hyphens and white space do not matter.</param>
    /// <param name="key">The key, or the default value if there is none.</param>
    /// <returns>
    /// Whether <paramref name="text"/> is a key: the right length, known characters, the right check character.
    /// </returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out CaseKey key)
    {
        key = default;
        Span<int> digits = stackalloc int[DigitCount + 1];
        int count = 0;
        foreach (char letter in text ?? "")
        {
            if (letter == '-' || char.IsWhiteSpace(letter))
            {
                continue;
            }

            int digit = DigitOf(letter);
            if (digit < 0 || count > DigitCount)
            {
                return false;
            }

            digits[count++] = digit;
        }

        // 26 digits hold 130 bits, so the first one is below 8.
        if (count != DigitCount + 1 || digits[0] >= 8)
        {
            return false;
        }

        UInt128 value = 0;
        foreach (int digit in digits[..DigitCount])
        {
            if (digit >= 32)
            {
                return false;
            }

            value = (value << 5) | (uint)digit;
        }

        if (digits[DigitCount] != (int)(value % 37))
        {
            return false;
        }

        key = new CaseKey(value);
        return true;
    }

    /// <summary>Gives the key as 16 bytes, as on the wire.</summary>
    public byte[] ToByteArray()
    {
        byte[] bytes = new byte[ByteCount];
        UInt128 rest = _value;
        for (int i = ByteCount - 1; i >= 0; i--)
        {
            bytes[i] = (byte)rest;
            rest >>= 8;
        }

        return bytes;
    }

    /// <summary>Writes the key out as 27 characters in groups of five, for the person who owns the case.</summary>
    /// <remarks>Whoever has this text can withdraw the case: it belongs in no log, message or URL.</remarks>
    public string ToText()
    {
        Span<char> text = stackalloc char[DigitCount + 1];
        UInt128 rest = _value;
        for (int i = DigitCount - 1; i >= 0; i--)
        {
            text[i] = Symbols[(int)(rest & 31)];
            rest >>= 5;
        }

        text[DigitCount] = Symbols[(int)(_value % 37)];
        return string.Join('-', text.ToString().Chunk(GroupLength).Select(group => new string(group)));
    }

    /// <summary>Gives what a server keeps of the key: SHA-256 of "hashmatch/case/v1" and the 16 bytes.</summary>
    /// <remarks>At 128 random bits a plain digest is enough: there is nothing to guess.</remarks>
    public byte[] Digest() => SHA256.HashData([.. "hashmatch/case/v1"u8, .. ToByteArray()]);

    /// <summary>Gives a text that does not show the key.</summary>
    public override string ToString() => "CaseKey(redacted)";

    private static int DigitOf(char letter) => char.ToUpperInvariant(letter) switch
    {
        'O' => 0,
        'I' or 'L' => 1,
        char other => Symbols.IndexOf(other, StringComparison.Ordinal),
    };
}
