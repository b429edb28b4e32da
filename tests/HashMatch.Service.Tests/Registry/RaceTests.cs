using HashMatch.Matching;
using HashMatch.Protocol;
using HashMatch.Service.Cases;
using HashMatch.Service.Matching;
using HashMatch.Service.Tests.Hostile;
using HashMatch.Service.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace HashMatch.Service.Tests.Registry;

/// <summary>
/// Many at once register and withdraw the same few hashes, at two nodes where there are two, with retries at the same
/// time and callers who give up: what comes out must be what would have if all had come one after the other.
/// </summary>
/// <remarks>
/// Each of the writers has cases of its own, so that for a case the order is known; for a hash, which all of them hold
/// and withdraw, no order may matter.
/// </remarks>
[Trait("Category", TestDatabase.Category)]
public sealed class RaceTests : IDisposable
{
    private const int Writers = 16;
    private const int StepsBetweenLooks = 125;

    private readonly string _folder = TestService.NewFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(1, 500)]
    [InlineData(5, 125)]
    public async Task Steps_OnTheSameFewHashes_EndAsIfOneCameAfterTheOther(int hashCount, int stepsPerWriter)
    {
        int steps = HostilePeers.IsLong ? 10 * stepsPerWriter : stepsPerWriter;
        await using TestService one = await TestService.StartAsync(_folder);
        await using TestService? other = TestDatabase.IsPostgres ? await TestService.StartAsync(_folder) : null;
        TestService[] nodes = other is null ? [one] : [one, other];
        Hash256[] shared = [.. Enumerable.Range(0, hashCount).Select(TestHashes.Make)];
        Writer[] writers = [.. Enumerable.Range(0, Writers).Select(seed => new Writer(seed, nodes, shared))];

        for (int done = 0; done < steps; done += StepsBetweenLooks)
        {
            await Task.WhenAll(writers.Select(writer => Task.Run(() => writer.StepAsync(StepsBetweenLooks))));
            await RegistryContents.AssertEqualAsync(nodes, [.. writers.SelectMany(writer => writer.Cases)]);
        }

        Assert.InRange(writers.Sum(writer => writer.Interrupted), 1, int.MaxValue);
        Assert.InRange(writers.Sum(writer => writer.Doubled), 1, int.MaxValue);
    }

    private sealed class Writer(int seed, TestService[] nodes, Hash256[] shared)
    {
        private const int MaxOpenCases = 3;

        private readonly Random _random = new(seed);
        private readonly Hash256 _own = TestHashes.Make(1_000 + seed);
        private readonly List<CaseModel> _open = [];

        public List<CaseModel> Cases { get; } = [];

        public int Interrupted { get; private set; }

        public int Doubled { get; private set; }

        public async Task StepAsync(int count)
        {
            for (int i = 0; i < count; i++)
            {
                if (_open.Count < MaxOpenCases)
                {
                    Cases.Add(new CaseModel());
                    _open.Add(Cases[^1]);
                }

                CaseModel mine = _open[_random.Next(_open.Count)];
                await (_random.Next(4) switch
                {
                    0 when mine.Held.Count > 0 => WithdrawPictureAsync(mine),
                    1 when mine.IsMade => WithdrawAsync(mine),
                    _ => RegisterAsync(mine),
                });
            }
        }

        private async Task RegisterAsync(CaseModel mine)
        {
            Hash256[] hashes = [.. shared.Append(_own).Where(_ => _random.Next(2) == 0).DefaultIfEmpty(shared[0])];
            CasePicture[] pictures = [.. hashes.Select(hash => new CasePicture([hash], default))];
            uint[] expected = mine.Register(hashes);
            (TestService node, List<uint[]> answers) = await CallAsync(async (registry, token) =>
                (await registry.RegisterAsync(mine.Key, AgeGroup.Adult, pictures, token))
                    .Select(receipt => receipt.Number)
                    .ToArray());

            Assert.All(answers, numbers => Assert.Equal(expected, numbers));
            if (hashes.Contains(_own) && _random.Next(4) == 0)
            {
                await node.Services.GetRequiredService<Sequencer>().MergeAsync(default);
                Assert.Equal(1, Matches(node));
            }
        }

        private async Task WithdrawPictureAsync(CaseModel mine)
        {
            int number = mine.Held.Values.ElementAt(_random.Next(mine.Held.Count));
            int expected = mine.WithdrawPicture(number);
            (TestService node, List<int> answers) = await CallAsync(
                (registry, token) => registry.WithdrawAsync(mine.Key, number, token));

            AssertOnce(expected, answers);
            AssertGone(node);
        }

        private async Task WithdrawAsync(CaseModel mine)
        {
            _open.Remove(mine);
            int expected = mine.Withdraw();
            (TestService node, List<int> answers) =
                await CallAsync((registry, token) => registry.WithdrawAsync(mine.Key, null, token));

            AssertOnce(expected, answers);
            AssertGone(node);
        }

        // At a node by chance; sometimes given up first, or sent twice at the same time.
        private async Task<(TestService Node, List<T> Answers)> CallAsync<T>(
            Func<CaseRegistry, CancellationToken, Task<T>> callAsync)
        {
            TestService node = nodes[_random.Next(nodes.Length)];
            CaseRegistry registry = node.Services.GetRequiredService<CaseRegistry>();
            List<T> answers = [];
            int fate = _random.Next(8);
            if (fate == 0)
            {
                using var givenUp = new CancellationTokenSource(TimeSpan.FromMicroseconds(_random.Next(3_000)));
                Task<T> first = callAsync(registry, givenUp.Token);
                await ((Task)first).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (first.IsCompletedSuccessfully)
                {
                    answers.Add(first.Result);
                }
                else
                {
                    Assert.True(first.IsCanceled, first.Exception?.ToString());
                    Interrupted++;
                }
            }

            CaseRegistry[] asked =
                fate == 1 ? [nodes[^1].Services.GetRequiredService<CaseRegistry>(), registry] : [registry];
            Task<T>[] calls = [.. asked.Select(one => callAsync(one, default))];
            Doubled += calls.Length - 1;
            answers.AddRange(await Task.WhenAll(calls));
            return (node, answers);
        }

        // Of two at the same time one withdraws, and the other finds it withdrawn; of one that was given up the first
        // attempt may have.
        private static void AssertOnce(int expected, List<int> answers)
        {
            Assert.All(answers, answer => Assert.True(answer == 0 || answer == expected));
            Assert.InRange(answers.Count(answer => answer > 0), 0, 1);
        }

        private void AssertGone(TestService node)
        {
            if (!Cases.Any(mine => mine.Held.ContainsKey(_own)))
            {
                Assert.Equal(0, Matches(node));
            }
        }

        private int Matches(TestService node)
        {
            var found = new List<BatchMatch>();
            node.Services.GetRequiredService<HashList>().Search([_own], 0, found);
            return found.Count;
        }
    }
}
