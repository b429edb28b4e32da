using System.CommandLine;
using HashMatch.Service.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HashMatch.Service.Operations;

/// <summary><c>compact</c>: leaves nothing of what was withdrawn in the database's files.</summary>
public static class CompactCommand
{
    public static Command Create()
    {
        var command = new Command(
            "compact",
            "Write the database's files anew, without what was withdrawn. The service may run; its changes wait.");
        command.SetAction(async (_, cancellationToken) =>
        {
            await using WebApplication app = Program.Build([]);
            return DoctorCommand.Report(await CompactAsync(app.Services, cancellationToken));
        });
        return command;
    }

    private static async Task<List<Finding>> CompactAsync(
        IServiceProvider services, CancellationToken cancellationToken)
    {
        StorageOptions storage = services.GetRequiredService<IOptions<StorageOptions>>().Value;
        if (storage.Provider == StorageProvider.Sqlite && !File.Exists(storage.DatabaseFile))
        {
            return [new Finding("database", false, "there is none. See that Storage__Path is the data folder.")];
        }

        SqlDialect dialect = services.GetRequiredService<SqlDialect>();
        await using HashMatchDb db = await services
            .GetRequiredService<IDbContextFactory<HashMatchDb>>()
            .CreateDbContextAsync(cancellationToken);
        await dialect.CheckAsync(db, cancellationToken);
        return await dialect.CompactAsync(db, cancellationToken);
    }
}
