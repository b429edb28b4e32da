using System.Globalization;
using System.Text;
using HashMatch.Hashing;

namespace HashMatch.Tests.Hashing;

/// <summary>The pixels of a binary PNM file: P5 is grey, P6 is RGB.</summary>
public sealed record PnmImage(byte[] Pixels, int Width, int Height, PixelFormat Format)
{
    public int Stride => Width * (Format == PixelFormat.Gray8 ? 1 : 3);

    public static PnmImage Read(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        int at = 0;
        string magic = Word(bytes, ref at);
        int width = int.Parse(Word(bytes, ref at), CultureInfo.InvariantCulture);
        int height = int.Parse(Word(bytes, ref at), CultureInfo.InvariantCulture);
        string most = Word(bytes, ref at);
        PixelFormat format = magic == "P5" ? PixelFormat.Gray8 : PixelFormat.Rgb24;
        var image = new PnmImage(bytes[at..], width, height, format);
        Assert.True(magic is "P5" or "P6");
        Assert.Equal("255", most);
        Assert.Equal(image.Stride * height, image.Pixels.Length);
        return image;
    }

    // A word and the one white space behind it.
    private static string Word(byte[] bytes, ref int at)
    {
        int start = at;
        while (!char.IsWhiteSpace((char)bytes[at]))
        {
            at++;
        }

        return Encoding.ASCII.GetString(bytes, start, at++ - start);
    }
}
