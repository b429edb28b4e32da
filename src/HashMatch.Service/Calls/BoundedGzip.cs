using System.IO.Compression;
using Grpc.Net.Compression;

namespace HashMatch.Service.Calls;

/// <summary>
/// gzip whose messages may be no greater inflated than a message may be at all. The official server looks only at the
/// size as sent, and a thousand times as much can come out of that.
/// </summary>
internal sealed class BoundedGzip(int maximum) : ICompressionProvider
{
    public string EncodingName => "gzip";

    public Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel) =>
        new GZipStream(stream, compressionLevel ?? CompressionLevel.Fastest, leaveOpen: true);

    public Stream CreateDecompressionStream(Stream stream) =>
        new BoundedStream(new GZipStream(stream, CompressionMode.Decompress, leaveOpen: true), maximum);
}
