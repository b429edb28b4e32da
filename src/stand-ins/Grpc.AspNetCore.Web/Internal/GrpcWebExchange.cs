using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Grpc.AspNetCore.Web.Internal;

/// <summary>
/// The features of one request as the gRPC server needs them: bodies without base64, trailers (which become the last
/// frame of the body) and a reset. The request has its own features back when this is disposed.
/// </summary>
internal sealed class GrpcWebExchange
    : IHttpResponseBodyFeature, IHttpResponseTrailersFeature, IHttpResetFeature, IRequestBodyPipeFeature, IDisposable
{
    private readonly HttpContext _context;
    private readonly IHttpResponseBodyFeature _responseBody;
    private readonly IHttpResponseTrailersFeature? _trailers;
    private readonly IHttpResetFeature? _reset;
    private readonly IRequestBodyPipeFeature? _requestBody;
    private readonly Base64PipeWriter? _textWriter;
    private readonly bool _readsText;
    private Stream? _stream;
    private bool _ended;

    /// <summary>Takes the place of the request's own features.</summary>
    public GrpcWebExchange(HttpContext context, GrpcWebMode sent, GrpcWebMode answered)
    {
        IFeatureCollection features = context.Features;
        _context = context;
        _responseBody = features.GetRequiredFeature<IHttpResponseBodyFeature>();
        _trailers = features.Get<IHttpResponseTrailersFeature>();
        _reset = features.Get<IHttpResetFeature>();
        _requestBody = features.Get<IRequestBodyPipeFeature>();

        _readsText = sent == GrpcWebMode.Text;
        Reader = _readsText
            ? PipeReader.Create(new Base64RequestStream(context.Request.BodyReader))
            : context.Request.BodyReader;
        _textWriter = answered == GrpcWebMode.Text ? new Base64PipeWriter(_responseBody.Writer) : null;
        Writer = _textWriter ?? _responseBody.Writer;
        features.Set<IRequestBodyPipeFeature>(this);
        features.Set<IHttpResponseBodyFeature>(this);
        features.Set<IHttpResponseTrailersFeature>(this);
        features.Set<IHttpResetFeature>(this);
    }

    /// <inheritdoc/>
    public PipeReader Reader { get; }

    /// <inheritdoc/>
    public PipeWriter Writer { get; }

    /// <inheritdoc/>
    public Stream Stream => _stream ??= _textWriter?.AsStream(leaveOpen: true) ?? _responseBody.Stream;

    /// <inheritdoc/>
    public IHeaderDictionary Trailers { get; set; } = new HeaderDictionary();

    /// <inheritdoc/>
    public void DisableBuffering() => _responseBody.DisableBuffering();

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken = default) =>
        _responseBody.StartAsync(cancellationToken);

    /// <inheritdoc/>
    public Task SendFileAsync(
        string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        SendFileFallback.SendFileAsync(Stream, path, offset, count, cancellationToken);

    /// <inheritdoc/>
    public async Task CompleteAsync()
    {
        await FinishAsync();
        await _responseBody.CompleteAsync();
    }

    /// <summary>Writes the last frame, once. A call that ended in its headers has no trailers and gets none.</summary>
    public async Task FinishAsync()
    {
        if (_ended)
        {
            return;
        }

        _ended = true;
        if (Trailers.Count > 0)
        {
            TrailerFrame.Write(Writer, Trailers);
            await Writer.FlushAsync();
        }
    }

    /// <inheritdoc/>
    public void Reset(int errorCode)
    {
        if (_reset is not null)
        {
            _reset.Reset(errorCode);
        }
        else if (!_ended)
        {
            // HTTP/1.1 can break an answer off only with its connection; one that is whole needs no reset.
            _context.Abort();
        }
    }

    /// <summary>Gives the request its own features back.</summary>
    public void Dispose()
    {
        IFeatureCollection features = _context.Features;
        features.Set(_requestBody);
        features.Set(_responseBody);
        features.Set(_trailers);
        features.Set(_reset);
        _textWriter?.Dispose();
        if (_readsText)
        {
            Reader.Complete();
        }
    }
}
