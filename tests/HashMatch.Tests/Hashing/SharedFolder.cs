namespace HashMatch.Tests.Hashing;

/// <summary>The reference data beside the checkout, which is not part of it.</summary>
internal static class SharedFolder
{
    /// <summary>Finds a folder; skips the test if there is none, or fails it where CI is "true".</summary>
    public static string Require(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "shared", path);
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        const string Missing = "The reference data (../shared) is not beside this checkout.";
        Assert.False(Environment.GetEnvironmentVariable("CI") == "true", Missing);
        Assert.Skip(Missing);
        return string.Empty;
    }
}
