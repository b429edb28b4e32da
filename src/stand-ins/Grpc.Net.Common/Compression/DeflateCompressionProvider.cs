using System.IO.Compression;

namespace Grpc.Net.Compression;

/// <summary>Compresses messages with <c>deflate</c> (the zlib form of RFC 1950, as in HTTP).</summary>
public sealed class DeflateCompressionProvider : ICompressionProvider
{
    private readonly CompressionLevel _defaultLevel;

    /// <summary>Makes a provider.</summary>
    /// <param name="defaultCompressionLevel">How hard to try where a message does not say.</param>
    public DeflateCompressionProvider(CompressionLevel defaultCompressionLevel)
    {
        _defaultLevel = defaultCompressionLevel;
    }

    /// <inheritdoc/>
    public string EncodingName => "deflate";

    /// <inheritdoc/>
    public Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel)
    {
        return new ZLibStream(stream, compressionLevel ?? _defaultLevel, leaveOpen: true);
    }

    /// <inheritdoc/>
    public Stream CreateDecompressionStream(Stream stream)
    {
        return new ZLibStream(stream, CompressionMode.Decompress, leaveOpen: true);
    }
}
