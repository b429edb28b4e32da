using System.Diagnostics;
using System.Globalization;
using HashMatch.Matching;
using HashMatch.Matching.Memory;

namespace HashMatch.Tests.Matching;

/// <summary>An index in a process that may have only so much address space.</summary>
public sealed class AddressSpaceTests(ITestOutputHelper output)
{
    // The rows of the reserve alone are more.
    private const int LimitInKilobytes = 4_000_000;

    [Fact]
    public void AddRange_MoreThanAMillionInFourGigabytes_DoublesInsteadOfReserving()
    {
        Assert.SkipUnless(NativeBlock.IsLazy, "Elsewhere nothing is reserved.");
        string limit = LimitInKilobytes.ToString(CultureInfo.InvariantCulture);
        string assembly = typeof(AddressSpaceTests).Assembly.Location;
        string method = $"{typeof(AddressSpaceTests).FullName}.{nameof(Alone_MoreThanAMillion)}";
        var start = new ProcessStartInfo(
            "sh",
            [
                "-c", $"ulimit -v {limit} && exec dotnet \"$@\"", "sh", assembly,
                "-explicit", "only", "-method", method, "-noColor",
            ])
        {
            RedirectStandardOutput = true,
        };

        // Else the collector itself would reserve more.
        start.Environment["DOTNET_GCHeapHardLimit"] = "0x10000000";
        using Process process = Process.Start(start)!;
        string said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();

        output.WriteLine(said);
        Assert.True(process.ExitCode == 0, said);
        Assert.Contains("Total: 1, Errors: 0, Failed: 0, Skipped: 0", said, StringComparison.Ordinal);
    }

    [Fact(Explicit = true)]
    public void Alone_MoreThanAMillion()
    {
        const int Count = (1 << 20) + 1;
        Hash256[] rows = new HashSets(HashSetKind.Uniform, 8).Create(Count);
        ulong[] ids = [.. Enumerable.Range(0, Count).Select(i => (ulong)i)];
        var index = new HashIndex();
        for (int first = 0; first < Count; first += 65_536)
        {
            int length = Math.Min(65_536, Count - first);
            index.AddRange(rows.AsSpan(first, length), ids.AsSpan(first, length));
        }

        List<IndexMatch> matches = [];
        index.Search(rows[^1], 0, matches);

        Assert.Equal([new IndexMatch(Count - 1, 0)], matches);
        Assert.Equal(Count, index.Count);
        Assert.Equal(2 << 20, index.Book.Current.State.Store.Capacity);
    }
}
