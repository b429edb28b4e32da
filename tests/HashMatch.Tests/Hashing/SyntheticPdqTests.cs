using System.Globalization;
using HashMatch.Hashing;
using HashMatch.Matching;

namespace HashMatch.Tests.Hashing;

/// <summary>
/// Pictures of our own with the results that they must have, so that a clone without the reference data is held to the
/// bit too. The results are those of <see cref="LiteralPdq"/> once it agreed with every stage of the reference.
/// </summary>
[Trait("Category", "Simd")]
public sealed class SyntheticPdqTests
{
    private const int Lines = 112;

    [Fact]
    public void Hash_SyntheticPictures_AreAsCommitted()
    {
        var hasher = new PdqHasher();
        Hash256[] turns = new Hash256[PdqHasher.DihedralCount];
        int lines = 0;

        foreach (string line in ReadLines().Skip(1))
        {
            string[] fields = line.Split(',');
            var picture = SyntheticPicture.Make(
                Enum.Parse<SyntheticKind>(fields[0]),
                int.Parse(fields[1], CultureInfo.InvariantCulture),
                int.Parse(fields[2], CultureInfo.InvariantCulture),
                Enum.Parse<PixelFormat>(fields[3]),
                int.Parse(fields[4], CultureInfo.InvariantCulture),
                uint.Parse(fields[5], CultureInfo.InvariantCulture));
            PdqMode mode = Enum.Parse<PdqMode>(fields[6]);

            Fingerprint fingerprint = hasher.Hash(
                picture.Pixels, picture.Width, picture.Height, picture.Stride, picture.Format, mode);
            int quality = hasher.HashDihedral(
                picture.Pixels, picture.Width, picture.Height, picture.Stride, picture.Format, turns, mode);

            string[] actual =
            [
                fingerprint.Quality.ToString(CultureInfo.InvariantCulture),
                fingerprint.Hash.ToHex(),
                quality.ToString(CultureInfo.InvariantCulture),
                .. turns.Skip(1).Select(turn => turn.ToHex()),
            ];
            Assert.Equal(fields[7..], actual);
            lines++;
        }

        Assert.Equal(Lines, lines);
    }

    private static IEnumerable<string> ReadLines()
    {
        Type here = typeof(SyntheticPdqTests);
        using Stream stream = here.Assembly.GetManifestResourceStream(here, "synthetic.csv")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }
}
