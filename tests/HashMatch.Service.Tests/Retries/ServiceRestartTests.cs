using System.Globalization;
using System.Runtime.CompilerServices;
using HashMatch.Client;
using HashMatch.Matching;
using HashMatch.Protocol;

namespace HashMatch.Service.Tests.Retries;

/// <summary>Streams of batches that outlive the service's calls, and the service itself.</summary>
public sealed class ServiceRestartTests : IDisposable
{
    private readonly string _folder = TestService.NewFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task MatchStream_ServiceStartedAgainInTheMiddle_AnswersEachBatchOnceAndInOrder()
    {
        TestService service = await TestService.StartAsync(_folder);
        string port = service.GrpcAddress.Port.ToString(CultureInfo.InvariantCulture);
        string key = await service.AddPlatformAsync();
        await service.CaseClient.RegisterAsync(CaseKey.Create(), [.. Listed.Select(TestHashes.Make)]);
        using var client = new MatchClient(service.GrpcAddress, key);
        await client.MatchesAsync(TestHashes.Make(Listed[^1]), expected: 1);
        List<IReadOnlyList<HashMatches>> answers = [];

        await foreach (IReadOnlyList<HashMatches> answer in client.MatchStreamAsync(Batches(2_000)))
        {
            answers.Add(answer);
            if (answers.Count == 700)
            {
                await service.DisposeAsync();
                service = await TestService.StartAsync(
                    _folder, settings: $"--Kestrel:Endpoints:Grpc:Url=http://127.0.0.1:{port}");
            }
        }

        await service.DisposeAsync();
        Assert.Equal(2_000, answers.Count);
        Assert.Equal(Listed, Enumerable.Range(0, 2_000).Where(batch => answers[batch][0].Matches.Count == 1));
    }

    [Theory]
    [InlineData("--Calls:StreamIdle=00:00:00.2")]
    [InlineData("--Calls:StreamLife=00:00:00.5")]
    public async Task MatchStream_ServiceEndsCallsForIdlenessOrAge_AnswersEachBatchOnceAndInOrder(string limit)
    {
        await using TestService service = await TestService.StartAsync(settings: limit);
        await service.CaseClient.RegisterAsync(CaseKey.Create(), [.. Listed.Select(TestHashes.Make)]);
        using MatchClient client = await service.ConnectPlatformAsync();
        await client.MatchesAsync(TestHashes.Make(Listed[^1]), expected: 1);

        List<IReadOnlyList<HashMatches>> answers =
            await client.MatchStreamAsync(Batches(1_500, pauseEach: 300)).ToListAsync();

        Assert.Equal(1_500, answers.Count);
        Assert.Equal(
            Listed.Where(batch => batch < 1_500),
            Enumerable.Range(0, 1_500).Where(batch => answers[batch][0].Matches.Count == 1));
    }

    // The numbers of the batches that match.
    private static int[] Listed => [0, 1, 63, 64, 65, 299, 300, 301, 699, 700, 701, 764, 1_200, 1_499, 1_999];

    private static async IAsyncEnumerable<IReadOnlyList<Hash256>> Batches(
        int count, int pauseEach = int.MaxValue, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (int batch = 0; batch < count; batch++)
        {
            if (batch > 0 && batch % pauseEach == 0)
            {
                await Task.Delay(700, cancellationToken);
            }

            yield return [TestHashes.Make(batch)];
        }
    }
}
