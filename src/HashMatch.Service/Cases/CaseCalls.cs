using Google.Protobuf;
using Google.Protobuf.Collections;
using Grpc.Core;
using HashMatch.Protocol;
using HashMatch.Service.Calls;

namespace HashMatch.Service.Cases;

/// <summary>The anonymous API for people at risk: checks what was sent and hands it to the registry.</summary>
[Audience(Audience.Anonymous)]
public sealed class CaseCalls(CaseRegistry registry, CaseStatus status) : CaseService.CaseServiceBase
{
    [Batch]
    public override async Task<RegisterResponse> Register(RegisterRequest request, ServerCallContext context)
    {
        List<PictureReceipt> receipts = await registry.RegisterAsync(
            ReadKey(request.CaseKey), request.AgeGroup, ReadPictures(request.Pictures), context.CancellationToken);
        return new RegisterResponse { Receipts = { receipts } };
    }

    [Batch]
    public override async Task<AddResponse> Add(AddRequest request, ServerCallContext context)
    {
        List<PictureReceipt> receipts = await registry.AddAsync(
            ReadKey(request.CaseKey), ReadPictures(request.Pictures), context.CancellationToken);
        return new AddResponse { Receipts = { receipts } };
    }

    public override Task<GetStatusResponse> GetStatus(GetStatusRequest request, ServerCallContext context) =>
        status.GetAsync(ReadKey(request.CaseKey), context.CancellationToken);

    [Batch]
    public override async Task<WithdrawResponse> Withdraw(WithdrawRequest request, ServerCallContext context)
    {
        CaseKey key = ReadKey(request.CaseKey);
        if (request.WholeCase == (request.PictureNumber > 0))
        {
            throw Refusals.WithdrawScopeUnclear();
        }

        if (request.PictureNumber > int.MaxValue)
        {
            throw Refusals.NoSuchPicture();
        }

        int? picture = request.WholeCase ? null : (int)request.PictureNumber;
        int withdrawn = await registry.WithdrawAsync(key, picture, context.CancellationToken);
        return new WithdrawResponse { PicturesWithdrawn = (uint)withdrawn };
    }

    private static CaseKey ReadKey(ByteString bytes) =>
        bytes.Length == CaseKey.ByteCount ? new CaseKey(bytes.Span) : throw Refusals.CaseKeyMalformed();

    private static List<CasePicture> ReadPictures(RepeatedField<Picture> pictures)
    {
        if (pictures.Count == 0)
        {
            throw Refusals.NoPictures();
        }

        if (pictures.Sum(picture => Math.Max(1, picture.Fingerprints.Count)) > CaseLimits.FingerprintsPerRequest)
        {
            throw Refusals.TooManyFingerprints(CaseLimits.FingerprintsPerRequest);
        }

        return pictures.Select(CasePicture.Read).ToList();
    }
}
