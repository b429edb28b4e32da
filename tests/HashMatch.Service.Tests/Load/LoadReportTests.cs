using System.ComponentModel;
using System.Diagnostics;
using HashMatch.Load;

namespace HashMatch.Service.Tests.Load;

public sealed class LoadReportTests
{
    private const string AllAnswered = """
        finished in 1.03s, 48775.97 req/s, 1.82MB/s
        requests: 100 total, 100 started, 100 done, 100 succeeded, 0 failed, 0 errored, 0 timeout
        status codes: 100 2xx, 0 3xx, 0 4xx, 0 5xx
        traffic: 1.86MB (1951232) total, 195.98KB (200680) headers (space savings 95.22%), 341.80KB (700) data
                             min         max         mean         sd        +/- sd
        time for request:      393us    165.01ms      2.49ms      8.14ms    99.23%
        time for connect:      114us       591us       313us       156us    75.00%
        """;

    [Fact]
    public async Task Run_FewCalls_AllAreAnsweredAndAnswersAreEqual()
    {
        RequireH2Load();

        (int code, string output, string errors) = await TestProcess.RunAsync(
            "HashMatch.Load", ["--warm-up", "100", "--calls", "1000", "--rounds", "2"]);

        Assert.True(code == 0, errors);
        Assert.Contains("body 00000000020801\ntrailer grpc-status: 0\n", output);
        Assert.Matches(@"(?m)^    2 +[0-9,]+ +[0-9,]+ +[0-9,]+$", output);
        Assert.Matches(@"(?m)^bare .* 1\.000 of bare", output);
        Assert.Matches(@"(?m)^check .* of bare \(median", output);
    }

    [Theory]
    [InlineData("7")]
    [InlineData("many")]
    public async Task Run_CallsThatAreNoCount_AreRefusedInASentence(string calls)
    {
        (int code, _, string errors) = await TestProcess.RunAsync("HashMatch.Load", ["--calls", calls]);

        Assert.Equal(1, code);
        Assert.Contains("--calls must be a number of at least 8.", errors);
    }

    [Fact]
    public void Read_AllAnswered_GivesRateAndTimes() =>
        Assert.Equal(new LoadResult(48775.97, "2.49ms", "165.01ms"), H2Load.Read(AllAnswered, 100));

    [Theory]
    [InlineData("100 succeeded, 0 failed", "99 succeeded, 1 failed")]
    [InlineData("0 errored", "1 errored")]
    [InlineData("0 timeout", "1 timeout")]
    [InlineData("100 2xx, 0 3xx, 0 4xx, 0 5xx", "99 2xx, 0 3xx, 0 4xx, 1 5xx")]
    [InlineData("(700) data", "(693) data")]
    [InlineData("time for request", "time for nothing")]
    public void Read_OneCallNotAnsweredAsItMust_GivesNothing(string answered, string otherwise)
    {
        string output = AllAnswered.Replace(answered, otherwise, StringComparison.Ordinal);

        Assert.NotEqual(AllAnswered, output);
        Assert.Null(H2Load.Read(output, 100));
    }

    [Theory]
    [InlineData(new[] { 3.0, 1, 2 }, 2)]
    [InlineData(new[] { 4.0, 1, 2, 3 }, 2.5)]
    public void Median_OddAndEven_IsInTheMiddle(double[] values, double expected) =>
        Assert.Equal(expected, Median.Of(values));

    private static void RequireH2Load()
    {
        try
        {
            using Process asked = Process.Start(
                new ProcessStartInfo("h2load", "--version") { RedirectStandardOutput = true })!;
            asked.WaitForExit();
        }
        catch (Win32Exception)
        {
            const string Remedy = "Install Debian's nghttp2-client.";
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", Remedy);
            Assert.Fail(Remedy);
        }
    }
}
