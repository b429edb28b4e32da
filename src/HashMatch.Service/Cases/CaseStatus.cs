using HashMatch.Protocol;
using HashMatch.Service.Calls;
using HashMatch.Service.Feed;
using HashMatch.Service.Outcomes;
using HashMatch.Service.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HashMatch.Service.Cases;

/// <summary>Tells people what their case holds and how far it, or its withdrawal, has come.</summary>
public sealed class CaseStatus(
    IDbContextFactory<HashMatchDb> databases,
    MirrorTable mirrors,
    OutcomeTable outcomes,
    IOptions<FeedOptions> feed,
    TimeProvider clock)
{
    /// <summary>How many pictures a status lists at most.</summary>
    public const int PicturesPerStatus = 1_000;

    /// <summary>Tells of the case of a key.</summary>
    /// <exception cref="Grpc.Core.RpcException">There is no such case.</exception>
    public async Task<GetStatusResponse> GetAsync(CaseKey key, CancellationToken cancellationToken)
    {
        byte[] digest = key.Digest();
        await using HashMatchDb db = await databases.CreateDbContextAsync(cancellationToken);
        Case found = await db.Cases.SingleOrDefaultAsync(row => row.KeyDigest == digest, cancellationToken)
            ?? throw Refusals.NoSuchCase();
        var status = new GetStatusResponse
        {
            State = found.State,
            AgeGroup = found.AgeGroup,
            PictureCount = (uint)await db.Fingerprints
                .Where(row => row.CaseId == found.Id)
                .Select(row => row.Picture)
                .Distinct()
                .CountAsync(cancellationToken),
            Pictures = { await ListAsync(db, found.Id, cancellationToken) },
        };
        if (found.State == CaseState.Withdrawn)
        {
            (int past, int all) = await mirrors.CountAsync(found.WithdrawnPosition, cancellationToken);
            status.MirrorsConfirmed = (uint)past;
            status.Mirrors = (uint)all;
        }

        return status;
    }

    private async Task<List<PictureStatus>> ListAsync(HashMatchDb db, long caseId, CancellationToken cancellationToken)
    {
        var pictures = await (
            from held in db.Fingerprints
            where held.CaseId == caseId
            join listed in db.Entries on held.Hash equals listed.Hash into found
            from entry in found.DefaultIfEmpty()
            group new { held.AddedDay, entry.FeedPosition } by held.Picture into picture
            orderby picture.Key
            select new
            {
                Number = picture.Key,
                Count = picture.Count(),
                Day = picture.Min(row => row.AddedDay),
                LastDay = picture.Max(row => row.AddedDay),
                Published = picture.Count(row => row.FeedPosition != null),
            })
            .Take(PicturesPerStatus)
            .ToListAsync(cancellationToken);
        DateOnly today = clock.Today();
        Dictionary<(int Picture, Outcome Outcome), int> said = pictures.Count > 0
            ? await outcomes.CountAsync(db, caseId, pictures[^1].Number, cancellationToken)
            : [];
        return
        [
            .. pictures.Select(picture => new PictureStatus
            {
                Number = (uint)picture.Number,
                Fingerprints = (uint)picture.Count,
                RegisteredDay = picture.Day.ToString("O"),
                Published = picture.Published == picture.Count && feed.Value.MayBeTold(picture.LastDay, today),
                RemovedBy = PlatformsThatSaid(picture.Number, Outcome.Removed),
                UnderReviewBy = PlatformsThatSaid(picture.Number, Outcome.UnderReview),
                NotViolatingBy = PlatformsThatSaid(picture.Number, Outcome.NotViolating),
            }),
        ];

        uint PlatformsThatSaid(int picture, Outcome outcome) => (uint)said.GetValueOrDefault((picture, outcome));
    }
}
