using HashMatch.Service.Calls;
using HashMatch.Service.Cases;
using HashMatch.Service.Feed;
using HashMatch.Service.Health;
using HashMatch.Service.Matching;
using HashMatch.Service.Operations;
using HashMatch.Service.Outcomes;
using HashMatch.Service.Platforms;
using HashMatch.Service.Reflection;
using HashMatch.Service.Storage;
using HashMatch.Service.Web;

namespace HashMatch.Service;

/// <summary>The service: what it consists of and how it starts.</summary>
public static class Program
{
    public static Task<int> Main(string[] args) =>
        OperatorCommands.AreMeant(args) ? OperatorCommands.RunAsync(args) : ServiceRun.RunAsync(args);

    /// <summary>Puts the service together; nothing is opened yet.</summary>
    /// <param name="args">The command line's settings.</param>
    /// <param name="clock">What tells the day; null for the machine's own clock.</param>
    public static WebApplication Build(string[] args, TimeProvider? clock = null)
    {
        // The settings lie beside the program, wherever it is started from; the data folder is relative to where that
        // is.
        WebApplicationBuilder builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.Services.AddSingleton(clock ?? TimeProvider.System);
        builder.Services.AddStorage();
        builder.Services.AddCalls();
        builder.Services.AddHealth();
        builder.Services.AddPlatforms();
        builder.Services.AddCases();
        builder.Services.AddMatching();
        builder.Services.AddFeed();
        builder.Services.AddOutcomes();
        builder.Services.AddReflection();
        builder.Services.AddWeb();

        WebApplication app = builder.Build();
        app.UsePromptCheck();

        // Of itself routing would come first of all.
        app.UseRouting();
        app.UseWeb();
        app.MapHealth();
        app.MapCases();
        app.MapMatching();
        app.MapFeed();
        app.MapOutcomes();
        app.MapReflection();
        app.MapWeb();
        return app;
    }
}
