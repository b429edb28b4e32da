using System.Reflection;
using Grpc.Core;
using Grpc.Net.Client;

namespace HashMatch.Service.Tests.StandIns;

public class VersionInfoTests
{
    // Named beside the stand-ins and not taken from them: the official client's own assembly says what it is.
    [Fact]
    public void VersionInfo_Versions_AreThoseOfTheOfficialClient()
    {
        Assembly official = typeof(GrpcChannel).Assembly;

        string package = official.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        string file = official.GetCustomAttribute<AssemblyFileVersionAttribute>()!.Version;
        string identity = official.GetName().Version!.ToString();

        Assert.Equal(VersionInfo.CurrentVersion, package.Split('+')[0]);
        Assert.Equal(VersionInfo.CurrentAssemblyFileVersion, file);
        Assert.Equal(VersionInfo.CurrentAssemblyVersion, identity);
        Assert.Equal(identity, typeof(Metadata).Assembly.GetName().Version!.ToString());
    }
}
