using System.IO.Compression;

namespace Grpc.Net.Compression;

/// <summary>Compresses messages with <c>gzip</c> (RFC 1952).</summary>
public sealed class GzipCompressionProvider : ICompressionProvider
{
    private readonly CompressionLevel _defaultLevel;

    /// <summary>Makes a provider.</summary>
    /// <param name="defaultCompressionLevel">How hard to try where a message does not say.</param>
    public GzipCompressionProvider(CompressionLevel defaultCompressionLevel)
    {
        _defaultLevel = defaultCompressionLevel;
    }

    /// <inheritdoc/>
    public string EncodingName => "gzip";

    /// <inheritdoc/>
    public Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel)
    {
        return new GZipStream(stream, compressionLevel ?? _defaultLevel, leaveOpen: true);
    }

    /// <inheritdoc/>
    public Stream CreateDecompressionStream(Stream stream)
    {
        return new GZipStream(stream, CompressionMode.Decompress, leaveOpen: true);
    }
}
