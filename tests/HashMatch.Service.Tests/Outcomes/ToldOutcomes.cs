using HashMatch.Protocol;

namespace HashMatch.Service.Tests.Outcomes;

/// <summary>What a person is told of a picture: the numbers of platforms.</summary>
public readonly record struct ToldOutcomes(uint Removed, uint UnderReview, uint NotViolating)
{
    public static async Task<ToldOutcomes> OfAsync(TestService service, CaseKey key, int picture = 1)
    {
        GetStatusResponse status =
            await service.CaseClient.GetStatusAsync(key, TestContext.Current.CancellationToken);
        PictureStatus told = status.Pictures[picture - 1];
        return new ToldOutcomes(told.RemovedBy, told.UnderReviewBy, told.NotViolatingBy);
    }
}
