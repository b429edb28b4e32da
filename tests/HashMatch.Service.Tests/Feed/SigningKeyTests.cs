using System.Security.Cryptography;
using HashMatch.Protocol;
using HashMatch.Service.Feed;
using HashMatch.Service.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace HashMatch.Service.Tests.Feed;

public sealed class SigningKeyTests
{
    [Fact]
    public async Task Rotate_RunningService_SignsWithTheNewKeyAndShowsTheWayToIt()
    {
        await using TestService service = await TestService.StartAsync(settings: FeedSteps.ByHand);
        FeedCaller caller = await FeedCaller.ConnectAsync(service);
        SigningKey pinned = (await caller.KeysAsync()).Single();
        Checkpoint before = await caller.CheckpointAsync();

        // As another process does: keys rotate.
        new SigningKeys(
            service.Services.GetRequiredService<IOptions<KeysOptions>>(),
            service.Services.GetRequiredService<IOptions<StorageOptions>>()).Rotate();
        Checkpoint after = await caller.CheckpointAsync();
        List<SigningKey> keys = [.. await caller.KeysAsync()];

        Assert.Equal(2, keys.Count);
        Assert.Equal(pinned, keys[0]);
        Assert.Empty(keys[0].Signature);
        Assert.True(FeedCopy.IsSigned(
            pinned, FeedDigest.SignedBytes(keys[1].PublicKey.Span), keys[1].Signature.ToByteArray()));
        Assert.Equal(SHA256.HashData(pinned.PublicKey.Span), before.KeyId.ToByteArray());
        Assert.Equal(SHA256.HashData(keys[1].PublicKey.Span), after.KeyId.ToByteArray());
        Assert.True(
            FeedCopy.IsSigned(keys[1], FeedDigest.SignedBytes(after), after.Signature.ToByteArray()));
        Assert.NotEqual(before.Signature, after.Signature);
    }

    [Fact]
    public async Task Keys_AfterARestart_AreTheSame()
    {
        string folder = TestService.NewFolder();
        Checkpoint before;
        Checkpoint after;
        string key;
        await using (TestService service = await TestService.StartAsync(folder))
        {
            key = await service.AddPlatformAsync(Platforms.PlatformScopes.Mirror);
            before = await new FeedCaller(service.Feed, key).CheckpointAsync();
        }

        await using (TestService service = await TestService.StartAsync(folder))
        {
            after = await new FeedCaller(service.Feed, key).CheckpointAsync();
        }

        Assert.Equal(before.KeyId, after.KeyId);
        Assert.Equal(before.At, after.At);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void TryRead_WhatToFileWrote_SignsAlike()
    {
        SigningKeyRing ring = SigningKeyRing.Create().Rotate().Rotate();

        SigningKeyRing? read = SigningKeyRing.TryRead(ring.ToFile());

        Assert.NotNull(read);
        Assert.Equal(ring.Keys, read.Keys);
        byte[] signature = read.Sign([1, 2, 3]);
        Assert.Equal(64, signature.Length);
        Assert.True(FeedCopy.IsSigned(ring.Keys[^1], [1, 2, 3], signature));
    }

    [Fact]
    public void TryRead_AnyLineChangedOrGone_IsNull()
    {
        string[] lines = System.Text.Encoding.ASCII
            .GetString(SigningKeyRing.Create().Rotate().Rotate().ToFile()).Split('\n');

        for (int i = 0; i < lines.Length; i++)
        {
            Assert.Null(Read([.. lines[..i], .. lines[(i + 1)..]]));
            Assert.Null(Read([.. lines[..i], lines[i] + "A", .. lines[(i + 1)..]]));
        }

        // Every key is a good one, but the second is not signed by the first.
        Assert.Null(Read([lines[0], lines[1], lines[3], .. lines[4..]]));
        Assert.Null(SigningKeyRing.TryRead([]));

        static SigningKeyRing? Read(string[] lines) =>
            SigningKeyRing.TryRead(System.Text.Encoding.ASCII.GetBytes(string.Join('\n', lines)));
    }

    [Fact]
    public void Rotate_MoreKeysThanThereMayBe_IsRefused()
    {
        SigningKeyRing ring = SigningKeyRing.Create();
        while (ring.Keys.Count < SigningKeyRing.MaxKeys)
        {
            ring = ring.Rotate();
        }

        Assert.Throws<InvalidOperationException>(ring.Rotate);
    }
}
