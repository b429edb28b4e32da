namespace HashMatch.Service.Cases;

/// <summary>How much a case and a request may hold, as the proto says.</summary>
public static class CaseLimits
{
    public const int PicturesPerCase = 1_000;

    public const int FingerprintsPerPicture = 32;

    public const int FingerprintsPerRequest = 1_000;

    public const int MinimumQuality = 50;

    public const int MaximumQuality = 100;
}
