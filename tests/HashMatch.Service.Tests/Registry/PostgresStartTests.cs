using HashMatch.Service.Tests.Storage;

namespace HashMatch.Service.Tests.Registry;

/// <summary>What an operator reads who has set PostgreSQL up wrongly: one sentence, and never the password.</summary>
public sealed class PostgresStartTests
{
    private const string Password = "s3cret-w0rd";

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1;Username=hashmatch;Database=x;Password=" + Password)]
    [InlineData("Host=no-such-host.invalid;Username=hashmatch;Database=x;Password=" + Password)]
    [InlineData("Host=127.0.0.1;Username=hashmatch;Password=a;" + Password + "=1")]
    [InlineData("Host=127.0.0.1;Username=hashmatch;Password=a;Port=" + Password)]
    [InlineData("Password=" + Password)]
    [InlineData("")]
    public async Task Start_ServerThatCannotBeReached_SaysSoInASentence(string connection) =>
        await AssertRefusedAsync(connection);

    [Fact]
    public async Task Start_WrongPassword_SaysSoInASentenceWithoutIt()
    {
        PostgresServers.RequireInstalled();
        await using PostgresServer server = await PostgresServer.StartAsync("password_encryption = 'scram-sha-256'");
        string database = await server.CreateDatabaseAsync("guarded");
        await File.WriteAllTextAsync(
            Path.Combine(server.DataFolder, "pg_hba.conf"),
            "host all all 127.0.0.1/32 scram-sha-256\n",
            TestContext.Current.CancellationToken);
        await server.StopAsync();
        await server.RunAsync();

        await AssertRefusedAsync($"{database};Password={Password}");
    }

    private static async Task AssertRefusedAsync(string connection)
    {
        using var folder = new DiskFolder();
        (int code, string output, string errors) = await TestProcess.RunAsync(
            "HashMatch.Service",
            [],
            new Dictionary<string, string>
            {
                ["Storage__Path"] = folder.Path,
                ["Storage__Provider"] = "postgres",
                ["Storage__ConnectionString"] = connection,
            });

        Assert.Equal(1, code);
        string line = Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("HashMatch could not start", line, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, output + errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output + errors, StringComparison.Ordinal);
    }
}
