using HashMatch.Client;
using HashMatch.Matching;
using HashMatch.Service.Matching;
using HashMatch.Service.Platforms;
using HashMatch.Service.Storage;
using HashMatch.Service.Tests.Feed;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HashMatch.Service.Tests.Mirrors;

/// <summary>A platform with mirrors of the real service.</summary>
public sealed class ServedMirror : IDisposable
{
    private readonly string _folders = TestService.NewFolder();
    private readonly TestService _service;
    private readonly PlatformEntryIds _ids;

    private ServedMirror(TestService service, string apiKey, long platformId)
    {
        _service = service;
        ApiKey = apiKey;
        _ids = service.Services.GetRequiredService<EntryIds>().For(platformId);
    }

    public string ApiKey { get; }

    public static async Task<ServedMirror> ConnectAsync(TestService service)
    {
        string key = await service.AddPlatformAsync(
            PlatformScopes.Mirror | PlatformScopes.Match | PlatformScopes.Distance);
        long id = await service.ReadAsync(db => db.Platforms.MaxAsync(platform => platform.Id));
        return new ServedMirror(service, key, id);
    }

    public string Folder(string name = "mirror") => Path.Combine(_folders, name);

    public Task<HashListMirror> OpenAsync(string name = "mirror", Uri? server = null) => HashListMirror.OpenAsync(
        new HashListMirrorOptions
        {
            Server = server ?? _service.GrpcAddress,
            ApiKey = ApiKey,
            Folder = Folder(name),
        });

    /// <summary>Fails unless a mirror has exactly the published entries of the database, under their ids.</summary>
    public async Task AssertEqualAsync(HashListMirror mirror)
    {
        List<Entry> entries = await _service.ReadAsync(
            db => db.Entries.AsNoTracking().Where(entry => entry.FeedPosition != null).ToListAsync());
        IEnumerable<(string, int)> expected = entries.Select(entry => (
            _ids.Spell((ulong)entry.Id), entry.Hash.DistanceTo(default(Hash256))));
        IReadOnlyList<HashListMatch> actual = mirror.Match(default, 256);

        Assert.Equal(expected.Order(), actual.Select(match => (match.EntryId, match.Distance)).Order());
        Assert.Equal(entries.Count, mirror.Status.LiveCount);
    }

    /// <summary>Waits until everything that was registered is published.</summary>
    public async Task UntilPublishedAsync()
    {
        await FeedSteps.UntilAsync(
            async () => await _service.ReadAsync(db => db.Outbox.CountAsync()) == 0
                && await _service.ReadAsync(db => db.Entries.CountAsync(entry => entry.FeedPosition == null)) == 0,
            seconds: 120);
    }

    /// <summary>Fails unless the feed has every position once, and counts what is live.</summary>
    public async Task AssertDenseAsync()
    {
        FeedHead head = await _service.ReadAsync(db => db.FeedHeads.SingleAsync());
        long rows = await _service.ReadAsync(db => db.FeedChanges.LongCountAsync());
        long last = await _service.ReadAsync(db => db.FeedChanges.MaxAsync(row => row.Position));
        long live = await _service.ReadAsync(db => db.FeedChanges.LongCountAsync(row => row.Hash != null));

        Assert.Equal(head.Position, rows);
        Assert.Equal(head.Position, last);
        Assert.Equal(head.LiveCount, live);
    }

    public void Dispose()
    {
        _ids.Dispose();
        Directory.Delete(_folders, recursive: true);
    }
}
