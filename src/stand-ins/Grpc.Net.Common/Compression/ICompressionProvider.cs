using System.IO.Compression;

namespace Grpc.Net.Compression;

/// <summary>One way to compress messages, named as in the header <c>grpc-encoding</c>.</summary>
public interface ICompressionProvider
{
    /// <summary>The name on the wire.</summary>
    string EncodingName { get; }

    /// <summary>Makes a stream that compresses into another, which stays open.</summary>
    /// <param name="stream">Gets the compressed bytes.</param>
    /// <param name="compressionLevel">How hard to try; null for as the provider is set up.</param>
    Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel);

    /// <summary>Makes a stream that decompresses another, which stays open.</summary>
    /// <param name="stream">Has the compressed bytes.</param>
    Stream CreateDecompressionStream(Stream stream);
}
