using Grpc.Core;

namespace HashMatch.Service.Tests.StandIns;

public class MetadataTests
{
    private static readonly byte[] Bytes = [0, 1, 255];

    [Theory]
    [InlineData("plain")]
    [InlineData("with-hyphen_underscore.dot9")]
    [InlineData("-")]
    public void Entry_TextKey_KeepsText(string key)
    {
        var entry = new Metadata.Entry(key, "value");

        Assert.Equal(key, entry.Key);
        Assert.Equal("value", entry.Value);
        Assert.Equal("value"u8.ToArray(), entry.ValueBytes);
        Assert.False(entry.IsBinary);
    }

    [Fact]
    public void Entry_UpperCaseKey_IsLowered()
    {
        var entry = new Metadata.Entry("X-Trace-BIN", Bytes);

        Assert.Equal("x-trace-bin", entry.Key);
        Assert.True(entry.IsBinary);
    }

    [Theory]
    [InlineData("with space")]
    [InlineData("new\nline")]
    [InlineData("colon:")]
    [InlineData("ünder")]
    [InlineData("slash/")]
    public void Entry_KeyWithOtherCharacters_IsRefused(string key)
    {
        Assert.Throws<ArgumentException>(() => new Metadata.Entry(key, "value"));
        Assert.Throws<ArgumentException>(() => new Metadata.Entry(key + "-bin", Bytes));
    }

    [Fact]
    public void Entry_SuffixThatDoesNotFitTheValue_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new Metadata.Entry("key-bin", "text"));
        Assert.Throws<ArgumentException>(() => new Metadata.Entry("key-BIN", "text"));
        Assert.Throws<ArgumentException>(() => new Metadata.Entry("key", Bytes));
    }

    [Fact]
    public void Entry_Null_IsRefused()
    {
        Assert.Throws<ArgumentNullException>(() => new Metadata.Entry(null!, "text"));
        Assert.Throws<ArgumentNullException>(() => new Metadata.Entry("key", (string)null!));
        Assert.Throws<ArgumentNullException>(() => new Metadata.Entry("key-bin", (byte[])null!));
    }

    [Fact]
    public void Entry_Bytes_AreCopiedBothWays()
    {
        byte[] source = [1, 2];
        var entry = new Metadata.Entry("key-bin", source);

        source[0] = 9;
        entry.ValueBytes[1] = 9;

        Assert.Equal(new byte[] { 1, 2 }, entry.ValueBytes);
    }

    [Fact]
    public void Entry_TextOfBytes_IsRefused()
    {
        var entry = new Metadata.Entry("key-bin", Bytes);

        Assert.Throws<InvalidOperationException>(() => entry.Value);
    }

    [Fact]
    public void Entry_SameKeyAndValue_IsStillAnother()
    {
        var entry = new Metadata.Entry("key", "value");
        var twin = new Metadata.Entry("key", "value");
        Metadata metadata = [entry];

        Assert.NotEqual(entry, twin);
        Assert.Contains(entry, metadata);
        Assert.DoesNotContain(twin, metadata);
        Assert.False(metadata.Remove(twin));
        Assert.True(metadata.Remove(entry));
    }

    [Fact]
    public void Get_SeveralOfOneKey_GivesTheLast()
    {
        var metadata = new Metadata { { "key", "first" }, { "other", "x" }, { "KEY", "last" } };

        Assert.Equal("last", metadata.Get("Key")?.Value);
        Assert.Equal("last", metadata.GetValue("key"));
        Assert.Equal("last"u8.ToArray(), metadata.GetValueBytes("key"));
        Assert.Equal(["first", "last"], metadata.GetAll("kEy").Select(entry => entry.Value));
    }

    [Fact]
    public void Get_NoSuchKey_GivesNothing()
    {
        var metadata = new Metadata { { "key", "value" } };

        Assert.Null(metadata.Get("other"));
        Assert.Null(metadata.GetValue("other"));
        Assert.Null(metadata.GetValueBytes("other-bin"));
        Assert.Empty(metadata.GetAll("other"));
    }

    [Fact]
    public void GetValue_OfBytes_IsRefused()
    {
        var metadata = new Metadata { { "key-bin", Bytes } };

        Assert.Equal(Bytes, metadata.GetValueBytes("key-bin"));
        Assert.Throws<InvalidOperationException>(() => metadata.GetValue("key-bin"));
    }

    [Fact]
    public void List_InsertReplaceRemove_KeepsOrder()
    {
        var a = new Metadata.Entry("a", "1");
        var b = new Metadata.Entry("b", "2");
        var c = new Metadata.Entry("c", "3");
        Metadata metadata = [a];

        metadata.Insert(0, b);
        metadata.Insert(2, c);
        metadata[1] = c;
        metadata.RemoveAt(0);

        var copied = new Metadata.Entry[3];
        metadata.CopyTo(copied, 1);
        Assert.Equal(new[] { c, c }, metadata);
        Assert.Equal([null!, c, c], copied);
        Assert.Equal(0, metadata.IndexOf(c));
        Assert.Equal(-1, metadata.IndexOf(a));
        Assert.Equal(2, metadata.Count);
    }

    [Fact]
    public void List_Clear_LeavesNothing()
    {
        var metadata = new Metadata { { "key", "value" } };

        metadata.Clear();

        Assert.Empty(metadata);
        Assert.False(metadata.IsReadOnly);
    }

    [Fact]
    public void List_PlacesOutside_AreRefused()
    {
        var metadata = new Metadata { { "key", "value" } };

        Assert.Throws<ArgumentOutOfRangeException>(() => metadata[1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => metadata.RemoveAt(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => metadata.Insert(2, metadata[0]));
    }

    [Fact]
    public void List_NullEntry_IsRefused()
    {
        var metadata = new Metadata { { "key", "value" } };

        Assert.Throws<ArgumentNullException>(() => metadata.Add((Metadata.Entry)null!));
        Assert.Throws<ArgumentNullException>(() => metadata.Insert(0, null!));
        Assert.Throws<ArgumentNullException>(() => metadata[0] = null!);
    }

    [Fact]
    public void Empty_AnyChange_IsRefused()
    {
        var entry = new Metadata.Entry("key", "value");

        Assert.True(Metadata.Empty.IsReadOnly);
        Assert.Throws<InvalidOperationException>(() => Metadata.Empty.Add(entry));
        Assert.Throws<InvalidOperationException>(() => Metadata.Empty.Add("key", "value"));
        Assert.Throws<InvalidOperationException>(() => Metadata.Empty.Insert(0, entry));
        Assert.Throws<InvalidOperationException>(() => Metadata.Empty.Remove(entry));
        Assert.Throws<InvalidOperationException>(Metadata.Empty.Clear);
        Assert.Empty(Metadata.Empty);
    }
}
