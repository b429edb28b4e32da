namespace HashMatch.Tests.Media;

/// <summary>
/// Tests that call libvips run one after another: its error text and its counters are the whole process's.
/// They share one folder of made pictures.
/// </summary>
[CollectionDefinition(Name)]
public sealed class DecoderTests : ICollectionFixture<PictureFolder>
{
    public const string Name = "Decoder";
}
