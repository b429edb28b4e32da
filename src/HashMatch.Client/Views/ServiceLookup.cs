using System.Runtime.CompilerServices;
using Grpc.Core;
using HashMatch.Hashing;
using HashMatch.Matching;
using HashMatch.Protocol;

namespace HashMatch.Client.Views;

/// <summary>Looks pictures up at a service.</summary>
/// <param name="matchAsync">Asks for the entries within a distance of some hashes, in one request.</param>
internal sealed class ServiceLookup(
    Func<Hash256[], int, CancellationToken, Task<IReadOnlyList<HashMatches>>> matchAsync)
{
    // At these distances a search of a long list takes milliseconds a hash, and a request must be done within seconds.
    private const int MaxHashesPerRequest = 256;

    /// <summary>Asks everything, and notes what is found.</summary>
    public async Task RunAsync(PictureLookup lookup, CancellationToken cancellationToken)
    {
        // What bands alone leave open: whether these questions' matches are strong.
        var open = new List<(PictureQuestion Question, List<Match> Matches)>();
        foreach ((int distance, PictureQuestion[] questions) in lookup.ByReviewDistance())
        {
            await foreach ((PictureQuestion question, HashMatches found) in
                AskAsync(questions, distance, cancellationToken).ConfigureAwait(false))
            {
                List<Match> unsure = [.. found.Matches.Where(match => !Note(lookup, question, match, distance))];
                if (unsure.Count > 0)
                {
                    open.Add((question, unsure));
                }
            }
        }

        foreach (var group in open.GroupBy(one => one.Question.Distances.Strong))
        {
            await NoteOpenAsync(lookup, group.Key, [.. group], cancellationToken).ConfigureAwait(false);
        }
    }

    // By the distance, or where the band lies on one side of the tier's bound. Otherwise it tells that it could not.
    private static bool Note(PictureLookup lookup, PictureQuestion question, Match match, int asked)
    {
        int strong = question.Distances.Strong;
        (int least, int greatest) = match.HasDistance
            ? ((int)match.Distance, (int)match.Distance)
            : MatchBands.Range(match.Band, asked);
        if (least <= strong && greatest > strong)
        {
            return false;
        }

        ConfidenceTier tier = greatest <= strong ? ConfidenceTier.Strong : ConfidenceTier.Review;
        lookup.Note(question, match.EntryId, tier, match.Band, match.HasDistance ? (int)match.Distance : null);
        return true;
    }

    // The same hashes once more, at the nearer distance: what is found now is strong.
    private async Task NoteOpenAsync(
        PictureLookup lookup,
        int strong,
        (PictureQuestion Question, List<Match> Matches)[] open,
        CancellationToken cancellationToken)
    {
        int next = 0;
        await foreach ((PictureQuestion question, HashMatches found) in
            AskAsync([.. open.Select(one => one.Question)], strong, cancellationToken).ConfigureAwait(false))
        {
            HashSet<string> near = [.. found.Matches.Select(match => match.EntryId)];
            foreach (Match match in open[next++].Matches)
            {
                ConfidenceTier tier =
                    near.Contains(match.EntryId) ? ConfidenceTier.Strong : ConfidenceTier.Review;
                lookup.Note(question, match.EntryId, tier, match.Band, null);
            }
        }
    }

    private async IAsyncEnumerable<(PictureQuestion Question, HashMatches Found)> AskAsync(
        PictureQuestion[] questions,
        int distance,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (PictureQuestion[] some in questions.Chunk(MaxHashesPerRequest))
        {
            var answers = new List<HashMatches>(some.Length);
            Hash256[] hashes = [.. some.Select(question => question.Hash)];
            await AskAsync(hashes, distance, answers, cancellationToken).ConfigureAwait(false);
            for (int i = 0; i < some.Length; i++)
            {
                yield return (some[i], answers[i]);
            }
        }
    }

    // A picture that many have registered may match more often, all views together, than one answer holds.
    private async Task AskAsync(
        Hash256[] hashes, int distance, List<HashMatches> answers, CancellationToken cancellationToken)
    {
        try
        {
            answers.AddRange(await matchAsync(hashes, distance, cancellationToken).ConfigureAwait(false));
        }
        catch (RpcException tooMany) when (tooMany.StatusCode == StatusCode.ResourceExhausted
            && CallFailure.Pushback(tooMany) is null
            && hashes.Length > 1)
        {
            int half = hashes.Length / 2;
            await AskAsync(hashes[..half], distance, answers, cancellationToken).ConfigureAwait(false);
            await AskAsync(hashes[half..], distance, answers, cancellationToken).ConfigureAwait(false);
        }
    }
}
