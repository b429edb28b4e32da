using System.Buffers.Binary;
using System.Security.Cryptography;
using HashMatch.Matching;

namespace HashMatch.Tests.Matching;

public sealed class HashIndexFileTests : IDisposable
{
    private static readonly byte[] Label = [1, 2, 3, 4, 5];

    private readonly string _folder = Directory.CreateTempSubdirectory("hashmatch-index-").FullName;

    private string FilePath => Path.Combine(_folder, "list.snapshot");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2047)]
    [InlineData(2048)]
    [InlineData(2049)]
    [InlineData(100_001)]
    public async Task Load_WhatWasSaved_AnswersTheSame(int size)
    {
        var random = new Random(size);
        (HashIndex index, Hash256[] hashes) = Make(size, random);

        await index.SaveAsync(FilePath, Label, Token);
        (HashIndex loaded, ReadOnlyMemory<byte> label) = await HashIndex.LoadAsync(FilePath, Token);

        Assert.Equal(Label, label.ToArray());
        AssertSame(index, loaded, [Hashes.Random(random), .. hashes.Take(3)]);
        Assert.Equal(
            56 + Label.Length + (41L * size) + ((size + 65_535) / 65_536 * 32L), new FileInfo(FilePath).Length);
    }

    [Fact]
    public async Task Load_SavedAfterRemovals_TakesChangesLikeTheOriginal()
    {
        var random = new Random(7);
        (HashIndex index, Hash256[] hashes) = Make(5_000, random);
        for (int i = 0; i < 3_000; i++)
        {
            index.Remove((ulong)random.Next(5_000));
        }

        await index.SaveAsync(FilePath, default, Token);
        HashIndex loaded = (await HashIndex.LoadAsync(FilePath, Token)).Index;

        AssertSame(index, loaded, [hashes[0], hashes[4_999]]);
        for (int i = 0; i < 5_000; i++)
        {
            ulong id = (ulong)random.Next(6_000);
            Hash256 hash = hashes[random.Next(hashes.Length)];
            Assert.Equal(index.Contains(id), loaded.Contains(id));
            Assert.Equal(index.Remove(id), loaded.Remove(id));
            Assert.Equal(index.Add(hash, (ulong)i), loaded.Add(hash, (ulong)i));
        }

        AssertSame(index, loaded, [hashes[0], hashes[4_999]]);
    }

    [Fact]
    public async Task Load_AnyBitOfAnyByteFlipped_IsRefused()
    {
        byte[] good = await SavedAsync(3);
        for (int i = 0; i < good.Length; i++)
        {
            byte[] bad = [.. good];
            bad[i] ^= (byte)(1 << (i % 8));

            await AssertRefusedAsync(bad);
        }
    }

    [Fact]
    public async Task Load_AnyLengthButItsOwn_IsRefused()
    {
        byte[] good = await SavedAsync(3);
        for (int length = 0; length < good.Length; length++)
        {
            await AssertRefusedAsync(good[..length]);
        }

        await AssertRefusedAsync([.. good, 0]);
        await AssertRefusedAsync([.. good, .. good]);
    }

    [Fact]
    public async Task Load_LargeFileDamagedAnywhere_IsRefused()
    {
        byte[] good = await SavedAsync(10_000);
        for (int i = 0; i < good.Length; i += 9_973)
        {
            byte[] bad = [.. good];
            bad[i] ^= 0x80;

            await AssertRefusedAsync(bad);
        }

        await AssertRefusedAsync(good[..^40]);
    }

    // Each with a digest that is right, as a program that is wrong would write it.
    [Theory]
    [InlineData(8, 4, 1)]
    [InlineData(8, 4, 3)]
    [InlineData(8, 4, 0)]
    [InlineData(12, 4, 4_097)]
    [InlineData(12, 4, uint.MaxValue)]
    [InlineData(16, 8, 0)]
    [InlineData(16, 8, 4)]
    [InlineData(16, 8, int.MaxValue)]
    [InlineData(16, 8, 0x0666_6666_6666_6669)]
    [InlineData(16, 8, ulong.MaxValue)]
    public async Task Load_HeaderThatLies_IsRefusedWithoutMemory(int offset, int length, ulong value)
    {
        byte[] bytes = await SavedAsync(3);
        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(number, value);
        number[..length].CopyTo(bytes.AsSpan(offset));
        Seal(bytes);
        long before = GC.GetTotalAllocatedBytes();

        await AssertRefusedAsync(bytes);

        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 50_000_000);
    }

    [Fact]
    public async Task Load_TwoEntriesOfOneId_IsRefused()
    {
        byte[] bytes = await SavedAsync(3);
        int ids = 24 + Label.Length;
        bytes.AsSpan(ids, 8).CopyTo(bytes.AsSpan(ids + 16));
        Seal(bytes);

        await AssertRefusedAsync(bytes);
    }

    [Fact]
    public async Task Load_RightDigest_IsTakenWhoeverWroteIt()
    {
        byte[] bytes = await SavedAsync(3);
        bytes[24] ^= 1;
        Seal(bytes);
        await File.WriteAllBytesAsync(FilePath, bytes, Token);

        SavedIndex saved = await HashIndex.LoadAsync(FilePath, Token);

        Assert.Equal(Label[0] ^ 1, saved.Label.Span[0]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(5_000)]
    public async Task Load_FirstVersion_AnswersTheSame(int size)
    {
        (HashIndex index, Hash256[] hashes) = Make(size, new Random(size));
        byte[] good = FirstVersion(hashes);
        await File.WriteAllBytesAsync(FilePath, good, Token);

        (HashIndex loaded, ReadOnlyMemory<byte> label) = await HashIndex.LoadAsync(FilePath, Token);

        Assert.Equal(Label, label.ToArray());
        AssertSame(index, loaded, [Hashes.Random(new Random(1)), .. hashes.Take(3)]);
        for (int i = 0; i < good.Length; i += Math.Max(1, good.Length / 50))
        {
            byte[] bad = [.. good];
            bad[i] ^= 4;
            await AssertRefusedAsync(bad);
        }

        await AssertRefusedAsync(good[..^1]);
    }

    [Fact]
    public async Task Load_ManyEntries_AnswersAtOnceAndTakesChanges()
    {
        // Past the first blocks, and before any index is made.
        const int Size = 150_000;
        var random = new Random(6);
        Hash256[] hashes = [.. Enumerable.Range(0, Size).Select(_ => Hashes.Random(random))];
        byte[] labels = new byte[Size];
        random.NextBytes(labels);
        var index = new HashIndex();
        index.AddRange(hashes, [.. Enumerable.Range(0, Size).Select(i => (ulong)i * 977)], labels);
        await index.SaveAsync(FilePath, Label, Token);

        HashIndex loaded = (await HashIndex.LoadAsync(FilePath, Token)).Index;
        List<BatchMatch> batch = [];
        loaded.Search(hashes.AsSpan(Size - 300), 31, batch);
        List<IndexMatch> labelled = [];
        loaded.Search(hashes[9], 256, labelled, LabelFilter.AllOf(0x55));

        Assert.Equal(Size, loaded.Count);
        Assert.Equal(Enumerable.Range(0, 300), batch.Select(match => match.QueryIndex).Order());
        Assert.All(batch, match => Assert.Equal((ulong)(Size - 300 + match.QueryIndex) * 977, match.Id));
        Assert.Equal(labels.Count(label => (label & 0x55) == 0x55), labelled.Count);
        Assert.False(loaded.Add(default, 977));
        Assert.True(loaded.Remove(977));
        Assert.True(loaded.Add(hashes[1], 5));
        Assert.Contains(new IndexMatch(5, 0), Search(loaded, hashes[1]));
    }

    [Fact]
    public async Task Load_NoFile_IsFileNotFound() =>
        await Assert.ThrowsAsync<FileNotFoundException>(() => HashIndex.LoadAsync(FilePath, Token));

    [Fact]
    public async Task Save_WhileOthersWrite_IsTheMomentOfTheCall()
    {
        // Every entry is added or removed with all others of its group of three, so that a moment shows whole groups,
        // and the writer is known to have been at one round or the next when the call returned.
        const int Groups = 4_000;
        (HashIndex index, Hash256[] hashes) = Make(0, new Random(8));
        hashes = [.. Enumerable.Range(0, 3 * Groups).Select(i => new Hash256((ulong)i, 0, 0, ~0UL))];
        int added = 0;
        Task writer = Task.Run(
            () =>
            {
                for (int group = 0; group < Groups; group++)
                {
                    int first = 3 * group;
                    index.AddRange(hashes.AsSpan(first, 3), [(ulong)first, (ulong)first + 1, (ulong)first + 2]);
                    Volatile.Write(ref added, group + 1);
                }
            },
            Token);
        for (bool isLast = false; !isLast;)
        {
            isLast = writer.IsCompleted;
            int before = Volatile.Read(ref added);
            Task saving = index.SaveAsync(FilePath, default, Token);
            int after = Volatile.Read(ref added);
            await saving;
            HashIndex loaded = (await HashIndex.LoadAsync(FilePath, Token)).Index;

            int seen = loaded.Count / 3;
            Assert.Equal(0, loaded.Count % 3);
            Assert.InRange(seen, before, after + 1);
            Assert.True(Enumerable.Range(0, loaded.Count).All(i => loaded.Contains((ulong)i)));
        }

        await writer;
    }

    [Fact]
    public async Task Save_WhileOthersRemove_IsTheMomentOfTheCall()
    {
        const int Entries = 20_000;
        (HashIndex index, Hash256[] hashes) = Make(Entries, new Random(9));
        int removed = 0;
        Task remover = Task.Run(
            () =>
            {
                for (int i = 0; i < Entries; i++)
                {
                    index.Remove((ulong)i);
                    Volatile.Write(ref removed, i + 1);
                }
            },
            Token);
        for (bool isLast = false; !isLast;)
        {
            isLast = remover.IsCompleted;
            int before = Volatile.Read(ref removed);
            Task saving = index.SaveAsync(FilePath, default, Token);
            int after = Volatile.Read(ref removed);
            await saving;
            HashIndex loaded = (await HashIndex.LoadAsync(FilePath, Token)).Index;

            // They go in the order of their ids: those that are left are the last, each with its own hash.
            int gone = Entries - loaded.Count;
            List<IndexMatch> matches = Search(loaded, hashes[0]);
            Assert.InRange(gone, before, after + 1);
            Assert.Equal(loaded.Count, matches.Count);
            Assert.All(matches, match => Assert.InRange((int)match.Id, gone, Entries - 1));
            Assert.All(matches, match => Assert.Equal(hashes[match.Id].DistanceTo(hashes[0]), match.Distance));
        }

        await remover;
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task Save_OverAFile_ReplacesItForItsOwnerAlone()
    {
        await File.WriteAllTextAsync(FilePath, "old", Token);
        File.SetUnixFileMode(FilePath, (UnixFileMode)0b110_100_100);

        await SavedAsync(3);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FilePath));
        Assert.Equal([FilePath], Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task Save_DraftsThatACrashLeft_AreDeletedAndOthersStay()
    {
        string left = $"{FilePath}.{Guid.NewGuid():N}.draft";
        string open = $"{FilePath}.{Guid.NewGuid():N}.draft";
        string other = Path.Combine(_folder, "other.snapshot.draft");
        await File.WriteAllTextAsync(left, "half", Token);
        await File.WriteAllTextAsync(other, "whole", Token);
        using (new FileStream(open, FileMode.CreateNew, FileAccess.Write, FileShare.Delete))
        {
            await SavedAsync(3);
        }

        Assert.Equal(
            new[] { FilePath, open, other }.Order(StringComparer.Ordinal),
            Directory.GetFiles(_folder).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Save_Cancelled_LeavesTheOldFileAndNoDraft()
    {
        byte[] before = await SavedAsync(3);
        (HashIndex index, _) = Make(10_000, new Random(1));
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => index.SaveAsync(FilePath, default, cancelled.Token));

        Assert.Equal(before, await File.ReadAllBytesAsync(FilePath, Token));
        Assert.Equal([FilePath], Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task Save_NotPossible_ThrowsAndLeavesNoDraft()
    {
        (HashIndex index, _) = Make(3, new Random(1));
        Directory.CreateDirectory(Path.Combine(FilePath, "not empty"));

        await Assert.ThrowsAnyAsync<Exception>(() => index.SaveAsync(FilePath, default, Token));
        await Assert.ThrowsAsync<DirectoryNotFoundException>(
            () => index.SaveAsync(Path.Combine(_folder, "missing", "x"), default, Token));

        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task Save_LabelTooLong_Throws()
    {
        var index = new HashIndex();

        await index.SaveAsync(FilePath, new byte[SavedIndex.MaxLabelLength], Token);
        ArgumentException error = await Assert.ThrowsAsync<ArgumentException>(
            () => index.SaveAsync(FilePath, new byte[SavedIndex.MaxLabelLength + 1], Token));

        Assert.Equal("label", error.ParamName);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static (HashIndex Index, Hash256[] Hashes) Make(int size, Random random)
    {
        Hash256[] hashes = Hashes.Clustered(size, random);
        var index = new HashIndex();
        index.AddRange(hashes, [.. Enumerable.Range(0, size).Select(i => (ulong)i)]);
        return (index, hashes);
    }

    private static List<IndexMatch> Search(HashIndex index, Hash256 query)
    {
        List<IndexMatch> matches = [];
        index.Search(query, 256, matches);
        return matches;
    }

    private static void AssertSame(HashIndex expected, HashIndex actual, Hash256[] queries)
    {
        Assert.Equal(expected.Count, actual.Count);
        Assert.All(queries, query => Assert.Equal(
            Search(expected, query).OrderBy(match => match.Id), Search(actual, query).OrderBy(match => match.Id)));
    }

    // Blocks of 2048 entries in columns, and one digest.
    private static byte[] FirstVersion(Hash256[] hashes)
    {
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        writer.Write([0x89, (byte)'H', (byte)'M', (byte)'I', (byte)'D', (byte)'X', 13, 10]);
        writer.Write(1);
        writer.Write(Label.Length);
        writer.Write((long)hashes.Length);
        writer.Write(Label);
        for (int first = 0; first < hashes.Length; first += 2048)
        {
            int end = Math.Min(first + 2048, hashes.Length);
            for (int i = first; i < end; i++)
            {
                writer.Write((ulong)i);
            }

            for (int word = 0; word < 4; word++)
            {
                for (int i = first; i < end; i++)
                {
                    writer.Write(hashes[i].GetWord(word));
                }
            }
        }

        return [.. file.ToArray(), .. SHA256.HashData(file.ToArray())];
    }

    // Of a file with one block.
    private static void Seal(byte[] bytes)
    {
        int entries = 24 + Label.Length;
        SHA256.HashData(bytes.AsSpan()[entries..^64], bytes.AsSpan()[^64..]);
        SHA256.HashData([.. bytes[..entries], .. bytes[^64..^32]], bytes.AsSpan()[^32..]);
    }

    private async Task<byte[]> SavedAsync(int size)
    {
        (HashIndex index, _) = Make(size, new Random(size));
        await index.SaveAsync(FilePath, Label, Token);
        return await File.ReadAllBytesAsync(FilePath, Token);
    }

    private async Task AssertRefusedAsync(byte[] bytes)
    {
        string path = Path.Combine(_folder, "bad");
        await File.WriteAllBytesAsync(path, bytes, Token);

        await Assert.ThrowsAsync<InvalidDataException>(() => HashIndex.LoadAsync(path, Token));
    }
}
