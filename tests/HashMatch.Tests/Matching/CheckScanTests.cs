using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using HashMatch.Matching.Kernels;
using HashMatch.Matching.Multi;

namespace HashMatch.Tests.Matching;

[Trait("Category", "Simd")]
public sealed unsafe class CheckScanTests
{
    private delegate int Scan(RunList list, ref Candidate at, int end, Candidate* candidates, int capacity);

    // Lengths of runs: up to past two vectors of 512 bits.
    public static TheoryData<int> Lengths => [0, 1, 15, 16, 17, 31, 32, 33, 63, 64, 65, 1001];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void FindScalar_AnyLength_FindsWhatTheBitsSay(int length) => AssertFinds(CheckScan.FindScalar, length);

    [Theory]
    [MemberData(nameof(Lengths))]
    public void FindVector256_AnyLength_FindsWhatTheBitsSay(int length)
    {
        Assert.SkipUnless(Avx2.IsSupported, "This processor, or the run's settings, have no AVX2.");

        AssertFinds(CheckScan.FindVector256, length);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void FindVector512_AnyLength_FindsWhatTheBitsSay(int length)
    {
        Assert.SkipUnless(Avx512Vbmi.IsSupported, "This processor, or the run's settings, have no AVX-512 VBMI.");

        AssertFinds(CheckScan.FindVector512, length);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Find_AnyLength_FindsWhatTheBitsSay(int length) => AssertFinds(CheckScan.Find, length);

    private static void AssertFinds(Scan scan, int length)
    {
        const int RunCount = 9;
        var random = new Random(length);
        int total = RunCount * length;

        // As much behind the last word as a kernel may read.
        var words = (ushort*)NativeMemory.AllocZeroed((nuint)(total + 64) * sizeof(ushort));
        random.NextBytes(new Span<byte>(words, total * sizeof(ushort)));
        Run* runs = stackalloc Run[RunCount];
        var expected = new List<(int Run, int Offset)>();
        for (int run = 0; run < RunCount; run++)
        {
            // Among the limits are those that no word and that every word meets.
            int limit = run * 2;
            ushort wanted = (ushort)random.Next(1 << 16);
            ushort* checks = words + (run * length);
            runs[run].Set(checks, length, query: 0, Run.Terms(wanted, limit, table: 0), bucket: 0);
            for (int offset = 0; offset < length; offset++)
            {
                if (ushort.PopCount((ushort)((checks[offset] ^ wanted) & 0x7FFF)) <= limit)
                {
                    expected.Add((run, offset));
                }
            }
        }

        foreach (int capacity in (int[])[CheckScan.Slack, CheckScan.Slack + 7, 10_000])
        {
            var found = new List<(int Run, int Offset)>();
            var candidates = new Candidate[capacity];
            var list = new RunList(runs, RunCount, linesBetween: 1);
            Candidate at = default;
            fixed (Candidate* first = candidates)
            {
                // In two stretches, each of which goes on where room gave out.
                foreach (int end in (int[])[RunCount / 2, RunCount])
                {
                    while (at.Run < end)
                    {
                        int count = scan(list, ref at, end, first, capacity);
                        found.AddRange(candidates.Take(count).Select(candidate => (candidate.Run, candidate.Offset)));
                    }
                }
            }

            Assert.Equal(expected, found);
        }

        NativeMemory.Free(words);
    }
}
