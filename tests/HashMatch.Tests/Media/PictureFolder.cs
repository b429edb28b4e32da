using System.ComponentModel;
using System.Diagnostics;

namespace HashMatch.Tests.Media;

/// <summary>A temporary folder in which real tools make the pictures that tests decode.</summary>
public sealed class PictureFolder : IDisposable
{
    public PictureFolder() => Path = Directory.CreateTempSubdirectory("hashmatch-media-").FullName;

    public string Path { get; }

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);

    public string Write(string name, byte[] content)
    {
        File.WriteAllBytes(this[name], content);
        return this[name];
    }

    /// <summary>Runs a tool in the folder and gives what it printed.</summary>
    public byte[] Run(string tool, params string[] arguments)
    {
        var start = new ProcessStartInfo(tool, arguments)
        {
            WorkingDirectory = Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["MAGICK_THREAD_LIMIT"] = "1";
        using Process process = Start(start);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        using var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{tool} failed: {errors.Result}");
        return output.ToArray();
    }

    /// <summary>Makes a picture of that name with ImageMagick, unless it is there already.</summary>
    internal string Convert(Raster from, string name, params string[] options)
    {
        if (!File.Exists(this[name]))
        {
            Write("source.pnm", from.ToPnm());
            Run("convert", ["source.pnm", .. options, name]);
        }

        return this[name];
    }

    /// <summary>Makes a HEIC or AVIF picture of that name with libheif, unless it is there already.</summary>
    internal string EncodeHeif(Raster from, string name, params string[] options)
    {
        if (!File.Exists(this[name]))
        {
            Convert(from, name + ".png");
            Run("heif-enc", [.. options, name + ".png", "-o", name]);
        }

        return this[name];
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.SkipWhen(
                Environment.GetEnvironmentVariable("CI") != "true",
                $"{start.FileName} is not installed; tests/run.sh installs it.");
            throw;
        }
    }
}
