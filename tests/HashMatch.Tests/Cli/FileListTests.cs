using HashMatch.Cli;
using HashMatch.Tests.Media;

namespace HashMatch.Tests.Cli;

public sealed class FileListTests : IDisposable
{
    private readonly PictureFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_Folder_GivesPicturesBelowItByName()
    {
        Directory.CreateDirectory(_folder["b"]);
        Directory.CreateDirectory(_folder[".hidden"]);
        string[] names = ["c.JPG", "a.heic", "b/z.png", "b/notes.txt", "README", ".secret.jpg", ".hidden/x.jpg"];
        foreach (string name in names)
        {
            _folder.Write(name, []);
        }

        IReadOnlyList<FileEntry> files = FileList.Read([_folder.Path]);

        Assert.Equal(
            ["a.heic", "b/z.png", "c.JPG"], files.Select(file => Path.GetRelativePath(_folder.Path, file.Path)));
        Assert.All(files, file => Assert.Null(file.Refusal));
    }

    [Fact]
    public void Read_NameThatIsNotUtf8_IsAFileThatIsNotFound()
    {
        // The system gives the name with a replacement character, under which there is no file.
        _folder.Run("sh", "-c", """touch "$(printf 'a\377.jpg')" """);

        IReadOnlyList<FileEntry> files = FileList.Read([_folder.Path]);

        // For the same reason it cannot be deleted from here.
        _folder.Run("sh", "-c", "rm a*.jpg");
        FileEntry entry = Assert.Single(files);
        Assert.Null(entry.Refusal);
    }

    [Fact]
    public void Read_LinkToFolderAbove_IsNotFollowed()
    {
        _folder.Write("a.jpg", []);
        Directory.CreateDirectory(_folder["b"]);
        Directory.CreateSymbolicLink(_folder["b/up"], _folder.Path);

        IReadOnlyList<FileEntry> files = FileList.Read([_folder.Path]);

        Assert.Equal([_folder["a.jpg"]], files.Select(file => file.Path));
    }

    [Fact]
    public void Read_SameFileInSeveralSpellings_GivesItOnce()
    {
        string file = _folder.Write("a.jpg", []);

        IReadOnlyList<FileEntry> files = FileList.Read([file, _folder.Path, Path.Combine(_folder.Path, ".", "a.jpg")]);

        Assert.Equal([file], files.Select(entry => entry.Path));
    }

    [Fact]
    public void Read_NamedOutright_TakesAnyName()
    {
        string file = _folder.Write("picture.bin", []);

        FileEntry entry = Assert.Single(FileList.Read([file]));

        Assert.Null(entry.Refusal);
    }

    [Fact]
    public void Read_FolderWithoutPictures_IsRefused()
    {
        _folder.Write("notes.txt", []);

        FileEntry entry = Assert.Single(FileList.Read([_folder.Path]));

        Assert.Equal(FileRefusal.NoPictures, entry.Refusal);
    }

    [Fact]
    public void Read_NoNameOrEmptyName_IsRefused()
    {
        CommandFailure failure = Assert.Throws<CommandFailure>(() => FileList.Read([]));
        FileEntry entry = Assert.Single(FileList.Read([""]));

        Assert.Equal(ExitCodes.Usage, failure.ExitCode);
        Assert.Equal(FileRefusal.NoName, entry.Refusal);
    }

    [Fact]
    public void Read_FileNamedLikeAHash_IsTaken()
    {
        string file = _folder.Write(new string('a', 64), []);

        FileEntry entry = Assert.Single(FileList.Read([file]));

        Assert.Equal(file, entry.Path);
    }
}
