namespace HashMatch.Benchmarks.Recall.Pictures;

/// <summary>Writes capital letters, digits and a few signs, each of five by seven squares.</summary>
internal static class Lettering
{
    private const int Columns = 5;
    private const int Rows = 7;

    // From one character to the next, with the space between them.
    private const int Advance = Columns + 1;

    // Bands of a line with the characters, and below it their shapes.
    private const string Sheet =
        """
        A     B     C     D     E     F     G     H     I     J     K     L     M     N
        .###. ####. .#### ###.. ##### ##### .#### #...# ##### ..### #...# #.... #...# #...#
        #...# #...# #.... #..#. #.... #.... #.... #...# ..#.. ....# #..#. #.... ##.## ##..#
        #...# #...# #.... #...# #.... #.... #.... #...# ..#.. ....# #.#.. #.... ##.## ##..#
        #...# ####. #.... #...# ###.. ###.. #..## ##### ..#.. ....# ##... #.... #.#.# #.#.#
        ##### #...# #.... #...# #.... #.... #...# #...# ..#.. ....# #.#.. #.... #...# #..##
        #...# #...# #.... #..#. #.... #.... #...# #...# ..#.. #...# #..#. #.... #...# #..##
        #...# ####. .#### ###.. ##### #.... .#### #...# ##### .###. #...# ##### #...# #...#
        O     P     Q     R     S     T     U     V     W     X     Y     Z     0     1
        .###. ####. .###. ####. .#### ##### #...# #...# #...# #...# #...# ##### .###. ..#..
        #...# #...# #...# #...# #.... ..#.. #...# #...# #...# .#.#. #...# ....# #..## .##..
        #...# #...# #...# #...# #.... ..#.. #...# #...# #...# .#.#. .#.#. ...#. #..## #.#..
        #...# #...# #...# #...# .###. ..#.. #...# #...# #.#.# ..#.. .#.#. ..#.. #.#.# ..#..
        #...# ####. #.#.# ####. ....# ..#.. #...# .#.#. #.#.# .#.#. ..#.. .#... ##..# ..#..
        #...# #.... #..## #..#. ....# ..#.. #...# .#.#. ##.## .#.#. ..#.. #.... ##..# ..#..
        .###. #.... .#### #...# ####. ..#.. .###. ..#.. #...# #...# ..#.. ##### .###. #####
        2     3     4     5     6     7     8     9     .     :     !     @     #
        .###. ####. #..#. ##### ..##. ##### .###. .###. ..... ..... ..#.. .###. .#.#.
        #...# ....# #..#. #.... .#... ....# #...# #...# ..... .##.. ..#.. #...# .#.#.
        ....# ....# #..#. ####. #.... ...#. #...# #...# ..... .##.. ..#.. #.### #####
        ..##. .###. ##### ....# ####. ...#. .###. .#### ..... ..... ..#.. #.#.# .#.#.
        .#... ....# ...#. ....# #...# ..#.. #...# ....# ..... .##.. ..#.. #.### #####
        #.... ....# ...#. #...# #...# ..#.. #...# ...#. .##.. .##.. ..... #.... .#.#.
        ##### ####. ...#. .###. .###. ..#.. .###. .##.. .##.. ..... ..#.. .#### .#.#.
        """;

    private static readonly Dictionary<char, string[]> Shapes = ReadSheet();

    /// <summary>The width of a text in letters of that height.</summary>
    public static double Width(string text, double height) => text.Length * Advance * height / Rows;

    /// <summary>Writes a text from its upper left corner on. Characters without a shape leave a space.</summary>
    public static void Write(
        Picture picture, string text, int left, int top, double height, Colour colour, double opacity = 1)
    {
        double square = height / Rows;
        foreach (char character in text)
        {
            if (Shapes.TryGetValue(character, out string[]? shape))
            {
                Draw(picture, shape, left, top, square, colour, opacity);
            }

            left += (int)Math.Round(Advance * square);
        }
    }

    /// <summary>Writes a text into the middle of a box, as high as half of it or as wide as nine tenths.</summary>
    public static void Centre(Picture picture, string text, int left, int top, int width, int height, Colour colour)
    {
        double size = Math.Min(height * 0.5, width * 0.9 / (text.Length * (double)Advance / Rows));
        Write(
            picture,
            text,
            (int)(left + ((width - Width(text, size)) / 2)),
            (int)(top + ((height - size) / 2)),
            size,
            colour);
    }

    private static void Draw(
        Picture picture, string[] shape, int left, int top, double square, Colour colour, double opacity)
    {
        for (int row = 0; row < Rows; row++)
        {
            for (int column = 0; column < Columns; column++)
            {
                if (shape[row][column] == '#')
                {
                    // Both edges are rounded, so that squares meet and do not overlap.
                    int x = (int)Math.Round(left + (column * square));
                    int y = (int)Math.Round(top + (row * square));
                    int endX = (int)Math.Round(left + ((column + 1) * square));
                    int endY = (int)Math.Round(top + ((row + 1) * square));
                    Painting.Fill(
                        picture, x, y, Math.Max(1, endX - x), Math.Max(1, endY - y), colour, opacity);
                }
            }
        }
    }

    private static Dictionary<char, string[]> ReadSheet()
    {
        var shapes = new Dictionary<char, string[]>();
        foreach (string[] band in Sheet.ReplaceLineEndings("\n").Split('\n').Chunk(Rows + 1))
        {
            for (int at = 0; at < band[0].Length; at += Advance)
            {
                int start = at;
                shapes[band[0][at]] = [.. band[1..].Select(line => line.Substring(start, Columns))];
            }
        }

        return shapes;
    }
}
