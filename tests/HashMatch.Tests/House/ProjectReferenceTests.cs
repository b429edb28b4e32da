namespace HashMatch.Tests.House;

public sealed class ProjectReferenceTests
{
    private static readonly string[] Grpc =
    [
        "Google.Protobuf", "Grpc.AspNetCore.Server", "Grpc.AspNetCore.Web", "Grpc.Core.Api", "Grpc.Net.Client",
        "Grpc.Tools", "Microsoft.AspNetCore.App",
    ];

    // The table of the house: arrows only point down it. A new arrow or package is a decision to be made here.
    private static readonly Dictionary<string, (string[] Projects, string[] Packages)> Allowed = new()
    {
        ["HashMatch.Matching"] = ([], []),
        ["HashMatch.Hashing"] = (["HashMatch.Matching"], []),
        ["HashMatch.Media"] = (["HashMatch.Hashing"], []),
        [ProjectFile.StandIns] = ([ProjectFile.StandIns], ["Microsoft.AspNetCore.App"]),
        ["HashMatch.Protocol"] = ([ProjectFile.StandIns], Grpc),
        ["HashMatch.Client"] =
            (["HashMatch.Matching", "HashMatch.Hashing", "HashMatch.Protocol", ProjectFile.StandIns], Grpc),
        ["HashMatch.Web"] = ([], []),
        ["HashMatch.Service"] =
            (["HashMatch.Matching", "HashMatch.Protocol", "HashMatch.Web", ProjectFile.StandIns],
            [
                .. Grpc,
                "Microsoft.EntityFrameworkCore.Sqlite",
                "Npgsql.EntityFrameworkCore.PostgreSQL",
                "System.CommandLine",
            ]),
        ["HashMatch.Cli"] = (["HashMatch.Media", "HashMatch.Client"], ["Spectre.Console", "System.CommandLine"]),
    };

    [Fact]
    public void References_AllProjects_AreThoseOfTheTable()
    {
        Assert.Equal(Allowed.Keys.Order(), ProjectFile.All.Select(project => project.Name).Distinct().Order());

        Assert.Empty(ProjectFile.All.SelectMany(Refused));
    }

    [Fact]
    public void References_SharedBuildFiles_AddNone()
    {
        foreach (string file in Repository.Files.Where(file => Path.GetFileName(file).StartsWith("Directory.")))
        {
            ProjectFile shared = ProjectFile.Parse(file, Repository.Read(file));

            Assert.Empty(shared.Projects);
            Assert.Empty(shared.Packages);
        }
    }

    [Theory]
    [InlineData("HashMatch.Matching", "ProjectReference", "../HashMatch.Hashing/HashMatch.Hashing.csproj")]
    [InlineData("HashMatch.Matching", "PackageReference", "System.IO.Hashing")]
    [InlineData("HashMatch.Media", "ProjectReference", "..\\HashMatch.Client\\HashMatch.Client.csproj")]
    [InlineData("HashMatch.Service", "ProjectReference", "../HashMatch.Media/HashMatch.Media.csproj")]
    [InlineData("HashMatch.Service", "Reference", "../decoders/SkiaSharp.dll")]
    [InlineData("HashMatch.Service", "PackageDownload", "NetVips")]
    [InlineData("HashMatch.Core", "ProjectReference", "../HashMatch.Matching/HashMatch.Matching.csproj")]
    [InlineData("stand-ins/Grpc.Core.Api", "ProjectReference", "../../HashMatch.Matching/HashMatch.Matching.csproj")]
    public void References_ArrowThatTheTableLacks_IsRefused(string project, string kind, string include)
    {
        string xml = $"""<Project><{kind} Include="{include}" Condition="'a'=='b'" /></Project>""";

        ProjectFile made = ProjectFile.Parse($"src/{project}/{Path.GetFileName(project)}.csproj", xml);

        Assert.Single(Refused(made));
    }

    private static IEnumerable<string> Refused(ProjectFile project)
    {
        (string[] projects, string[] packages) = Allowed.GetValueOrDefault(project.Name, ([], []));
        return project.Projects.Except(projects).Concat(project.Packages.Except(packages))
            .Select(used => $"{project.Folder} may not use {used}");
    }
}
