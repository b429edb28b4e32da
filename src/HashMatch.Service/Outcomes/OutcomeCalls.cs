using Google.Protobuf.Collections;
using Grpc.Core;
using HashMatch.Protocol;
using HashMatch.Service.Calls;
using HashMatch.Service.Matching;
using HashMatch.Service.Platforms;

namespace HashMatch.Service.Outcomes;

/// <summary>Takes from platforms what they did about matches.</summary>
[Audience(Audience.Feedback)]
public sealed class OutcomeCalls(EntryIds entryIds, OutcomeTable outcomes) : OutcomeService.OutcomeServiceBase
{
    /// <summary>How many reports a request holds at most.</summary>
    public const int MaxReports = 1_000;

    [Batch]
    public override async Task<ReportResponse> Report(ReportRequest request, ServerCallContext context)
    {
        if (request.Reports.Count is 0 or > MaxReports)
        {
            throw Refusals.NoReports(MaxReports);
        }

        long platformId = PlatformAccess.Caller(context).Id;
        long?[] entries = Read(request.Reports, platformId);
        var said = new Dictionary<long, Outcome>();
        foreach ((long? entry, OutcomeReport report) in entries.Zip(request.Reports))
        {
            if (entry is long id)
            {
                said[id] = report.Outcome;
            }
        }

        HashSet<long> listed = await outcomes.ReportAsync(platformId, said, context.CancellationToken);
        return new ReportResponse
        {
            Receipts =
            {
                entries.Select(entry => new ReportReceipt
                {
                    Result = entry is long id && listed.Contains(id) ? ReportResult.Recorded : ReportResult.NotListed,
                }),
            },
        };
    }

    // Gives the entries' numbers; null where the id was made for no entry, or for another platform.
    private long?[] Read(RepeatedField<OutcomeReport> reports, long platformId)
    {
        using PlatformEntryIds ids = entryIds.For(platformId);
        long?[] entries = new long?[reports.Count];
        for (int i = 0; i < entries.Length; i++)
        {
            if (!ids.TryTurnBack(reports[i].EntryId, out entries[i]))
            {
                throw Refusals.EntryIdMalformed();
            }

            if (reports[i].Outcome is not (Outcome.Removed or Outcome.NotViolating or Outcome.UnderReview))
            {
                throw Refusals.OutcomeMissing();
            }
        }

        return entries;
    }
}
