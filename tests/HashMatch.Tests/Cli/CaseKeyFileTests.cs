using HashMatch.Cli;
using HashMatch.Protocol;
using HashMatch.Tests.Media;

namespace HashMatch.Tests.Cli;

public sealed class CaseKeyFileTests : IDisposable
{
    private readonly PictureFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Write_NewOrEmptyFile_IsForItsOwnerOnly(bool isThere)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        string path = _folder["key.txt"];
        var key = CaseKey.Create();
        if (isThere)
        {
            _folder.Write("key.txt", []);
        }

        CaseKeyFile.Write(path, key);

        Assert.Equal(key, CaseKeyFile.Read(path));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
    }

    [Fact]
    public void Write_FolderThatIsNotThere_SaysThatNothingWasSent()
    {
        CommandFailure failure = Assert.Throws<CommandFailure>(
            () => CaseKeyFile.Write(_folder["none/key.txt"], CaseKey.Create()));

        Assert.Equal(ExitCodes.Usage, failure.ExitCode);
        Assert.Contains("Nothing was sent", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_FileThatHoldsSomething_LeavesIt()
    {
        string path = _folder.Write("key.txt", "x"u8.ToArray());

        Assert.Throws<CommandFailure>(() => CaseKeyFile.Write(path, CaseKey.Create()));

        Assert.Equal("x", File.ReadAllText(path));
    }

    [Fact]
    public void Read_MistypedKey_IsRefused()
    {
        string text = CaseKey.Create().ToText();
        string mistyped = (text[0] == '0' ? '1' : '0') + text[1..];
        File.WriteAllText(_folder["key.txt"], mistyped);

        CommandFailure failure = Assert.Throws<CommandFailure>(() => CaseKeyFile.Read(_folder["key.txt"]));

        Assert.Equal(ExitCodes.Usage, failure.ExitCode);
        Assert.DoesNotContain(mistyped, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FileOrFolderThatIsNoKeyFile_IsRefused()
    {
        Assert.Throws<CommandFailure>(() => CaseKeyFile.Read(_folder["none.txt"]));
        Assert.Throws<CommandFailure>(() => CaseKeyFile.Read(_folder.Path));
        Assert.Throws<CommandFailure>(() => CaseKeyFile.ReadIfPresent(_folder.Path));
        Assert.Null(CaseKeyFile.ReadIfPresent(_folder["none.txt"]));
    }
}
