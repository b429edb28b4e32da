using HashMatch.Matching;

namespace HashMatch.Hashing;

/// <summary>Tells whether the hash of a whole picture shows the photo in it, or what is around the photo.</summary>
/// <remarks>
/// Two pictures with different photos in one frame have like hashes if the photos add little to them. What a photo adds
/// is seen when a plain rectangle as bright stands in its place.
/// </remarks>
internal sealed class BlankedView
{
    // Beyond every distance at which a match means something. Hashes of different pictures are 128 apart.
    private const int SameDistance = 70;

    private const int Side = BlurLayout.Side;

    private readonly float[] _samples = new float[Side * Side];
    private readonly float[] _half = new float[CosineTransform.Outputs * Side];
    private readonly float[] _coefficients = new float[CosineTransform.Outputs * CosineTransform.Outputs];

    /// <summary>Whether the hash of the picture remains much the same without what is inside a rectangle.</summary>
    public bool ShowsFrame(ReducedLuma luma, PixelBox box)
    {
        ViewSampler.Read(luma, ViewPlacement.Whole(luma.Bounds), _samples);
        Hash256 whole = Hash();
        Blank(
            box.X * Side / luma.Width,
            box.Y * Side / luma.Height,
            ((box.Right * Side) + luma.Width - 1) / luma.Width,
            ((box.Bottom * Side) + luma.Height - 1) / luma.Height);
        return whole.DistanceTo(Hash()) <= SameDistance;
    }

    private Hash256 Hash()
    {
        CosineTransform.Apply(_samples, _half, _coefficients);
        return HashBits.Of(_coefficients);
    }

    // Samples are whole 65,536ths, so that their sum is exact in any order.
    private void Blank(int left, int top, int right, int bottom)
    {
        double sum = 0;
        for (int y = top; y < bottom; y++)
        {
            for (int x = left; x < right; x++)
            {
                sum += _samples[(y * Side) + x];
            }
        }

        int mean = (int)(sum / ((right - left) * (bottom - top)));
        for (int y = top; y < bottom; y++)
        {
            _samples.AsSpan((y * Side) + left, right - left).Fill(mean);
        }
    }
}
