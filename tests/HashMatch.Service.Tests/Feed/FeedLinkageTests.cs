using System.Data.Common;
using System.Text.RegularExpressions;
using Google.Protobuf;
using HashMatch.Protocol;
using HashMatch.Service.Storage;
using HashMatch.Service.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace HashMatch.Service.Tests.Feed;

/// <summary>Threat T7: nothing in the feed, stored or sent, leads to a case or tells a time of day.</summary>
[Trait("Category", TestDatabase.Category)]
public sealed class FeedLinkageTests
{
    [Fact]
    public async Task FeedTablesAndAnswers_HoldNoNumberOfACaseOrAnEntryAndNoTime()
    {
        await using TestService service = await TestService.StartAsync(settings: FeedSteps.ByHand);
        CaseKey withdrawn = await service.RegisterAsync(1, 2, 3);
        CaseKey kept = await service.RegisterAsync(4, 5);
        await service.PublishAsync();
        FeedCaller caller = await FeedCaller.ConnectAsync(service);
        FeedPosition start = FeedCopy.Start((await caller.CheckpointAsync()).At.Epoch);
        List<byte[]> answers = [(await caller.FetchAsync(start)).ToByteArray()];
        List<long> entries = await service.ReadAsync(db => db.Entries.Select(entry => entry.Id).ToListAsync());
        List<Case> cases = await service.ReadAsync(db => db.Cases.AsNoTracking().ToListAsync());
        await service.CaseClient.WithdrawAsync(withdrawn);
        answers.Add((await caller.FetchAsync(start)).ToByteArray());
        await foreach (GetSnapshotResponse part in caller.SnapshotAsync())
        {
            answers.Add(part.ToByteArray());
        }

        await caller.AcknowledgeAsync(new byte[16], (await caller.CheckpointAsync()).At);
        List<string> stored = await service.ReadAsync(ReadTablesAsync);

        // What would lead to a case, in every form in which it could stand there.
        List<byte[]> secrets =
        [
            .. cases.SelectMany(found => Forms(found.Id)),
            .. cases.Select(found => found.KeyDigest),
            withdrawn.ToByteArray(),
            kept.ToByteArray(),
        ];
        Assert.Equal(2, cases.Count);
        foreach (byte[] answer in answers)
        {
            Assert.All(
                secrets.Concat(entries.SelectMany(Forms)), secret => Assert.True(answer.AsSpan().IndexOf(secret) < 0));
        }

        Assert.All(secrets, secret => Assert.DoesNotContain(
            stored, value => value.Contains(Convert.ToHexString(secret), StringComparison.OrdinalIgnoreCase)));
        Assert.All(cases, found => Assert.DoesNotContain(stored, value => value == $"{found.Id}"));

        // A time of day has a colon; a number of seconds or ticks since some year is larger than any position here.
        Assert.DoesNotContain(stored, value => Regex.IsMatch(value, @"\d:\d"));
        Assert.All(
            stored.Where(value => long.TryParse(value, out _)).Select(long.Parse).Except(entries),
            number => Assert.InRange(number, 0, 20));
        Assert.Single(stored, value => Regex.IsMatch(value, @"^\d{4}-\d\d-\d\d$"));
    }

    // Every value of the feed's tables as text; the platform's number is no secret here.
    private static async Task<List<string>> ReadTablesAsync(HashMatchDb db)
    {
        await db.Database.OpenConnectionAsync();
        var values = new List<string>();
        foreach (string query in (string[])["SELECT * FROM feed_changes", "SELECT * FROM feed_head",
            "SELECT mirror_id, position, day FROM mirrors"])
        {
            await using DbCommand command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = query;
            await using DbDataReader rows = await command.ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                values.AddRange(Enumerable.Range(0, rows.FieldCount).Select(i => rows.GetValue(i) switch
                {
                    byte[] bytes => "x" + Convert.ToHexString(bytes),
                    DateOnly day => day.ToString("O"),
                    DateTime time when time.TimeOfDay == TimeSpan.Zero => DateOnly.FromDateTime(time).ToString("O"),
                    IFormattable value => value.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
                    var value => $"{value}",
                }));
            }
        }

        return values;
    }

    private static IEnumerable<byte[]> Forms(long number)
    {
        byte[] bytes = BitConverter.GetBytes(number);
        yield return bytes;
        yield return [.. bytes.Reverse()];
        yield return System.Text.Encoding.ASCII.GetBytes($"{number}");
        yield return System.Text.Encoding.ASCII.GetBytes($"{number:x16}");
        var varint = new Google.Protobuf.WellKnownTypes.Int64Value { Value = number };
        yield return Google.Protobuf.MessageExtensions.ToByteArray(varint)[1..];
    }
}
