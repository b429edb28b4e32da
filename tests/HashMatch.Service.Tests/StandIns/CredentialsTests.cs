using Grpc.Core;

namespace HashMatch.Service.Tests.StandIns;

public class CredentialsTests
{
    private static readonly AsyncAuthInterceptor Nothing = (_, _) => Task.CompletedTask;

    [Fact]
    public void FromInterceptor_Configured_GivesTheFunction()
    {
        var seen = new SeenCallCredentials();

        CallCredentials.FromInterceptor(Nothing).InternalPopulateConfiguration(seen, "state");

        Assert.Equal(["state", Nothing], seen.Calls);
    }

    [Fact]
    public void Compose_Configured_GivesAllInOrder()
    {
        CallCredentials[] parts = [CallCredentials.FromInterceptor(Nothing), CallCredentials.FromInterceptor(Nothing)];
        var seen = new SeenCallCredentials();

        CallCredentials.Compose(parts).InternalPopulateConfiguration(seen, null!);

        Assert.Null(seen.Calls[0]);
        Assert.Equal(parts, Assert.IsAssignableFrom<IReadOnlyList<CallCredentials>>(seen.Calls[1]));
    }

    [Fact]
    public void CallCredentials_TooLittle_IsRefused()
    {
        Assert.Throws<ArgumentNullException>(() => CallCredentials.FromInterceptor(null!));
        Assert.ThrowsAny<ArgumentException>(() => CallCredentials.Compose());
        Assert.ThrowsAny<ArgumentException>(() => CallCredentials.Compose(CallCredentials.FromInterceptor(Nothing)));
    }

    [Fact]
    public void Insecure_Configured_IsInsecure()
    {
        var seen = new SeenChannelCredentials();

        ChannelCredentials.Insecure.InternalPopulateConfiguration(seen, "state");

        Assert.Equal(["insecure", "state"], seen.Calls);
        Assert.Same(ChannelCredentials.Insecure, ChannelCredentials.Insecure);
    }

    [Fact]
    public void SecureSsl_Configured_IsTlsWithoutFurtherWishes()
    {
        var seen = new SeenChannelCredentials();

        ChannelCredentials.SecureSsl.InternalPopulateConfiguration(seen, "state");

        Assert.Equal(["ssl", "state", null, null, null], seen.Calls);
        Assert.Same(ChannelCredentials.SecureSsl, ChannelCredentials.SecureSsl);
    }

    [Fact]
    public void SslCredentials_WithWishes_KeepsThem()
    {
        var pair = new KeyCertificatePair("chain", "key");
        VerifyPeerCallback verify = _ => true;
        var credentials = new SslCredentials("roots", pair, verify);
        var seen = new SeenChannelCredentials();

        credentials.InternalPopulateConfiguration(seen, null!);

        Assert.Equal(["ssl", null, "roots", pair, verify], seen.Calls);
        Assert.Equal("roots", new SslCredentials("roots").RootCertificates);
        Assert.Same(pair, new SslCredentials("roots", pair).KeyCertificatePair);
        Assert.Null(new SslCredentials().RootCertificates);
        Assert.Equal(("chain", "key"), (pair.CertificateChain, pair.PrivateKey));
    }

    [Fact]
    public void Create_ChannelAndCall_GivesBoth()
    {
        CallCredentials call = CallCredentials.FromInterceptor(Nothing);
        var seen = new SeenChannelCredentials();

        ChannelCredentials.Create(ChannelCredentials.SecureSsl, call).InternalPopulateConfiguration(seen, "state");

        Assert.Equal(["composite", "state", ChannelCredentials.SecureSsl, call], seen.Calls);
        Assert.Throws<ArgumentNullException>(() => ChannelCredentials.Create(null!, call));
        Assert.Throws<ArgumentNullException>(() => ChannelCredentials.Create(ChannelCredentials.SecureSsl, null!));
    }

    [Fact]
    public void AuthInterceptorContext_Parts_AreKept()
    {
        using var source = new CancellationTokenSource();

        var context = new AuthInterceptorContext("https://host/service", "Method", source.Token);

        Assert.Equal(("https://host/service", "Method"), (context.ServiceUrl, context.MethodName));
        Assert.Equal(source.Token, context.CancellationToken);
        Assert.False(new AuthInterceptorContext("url", "Method").CancellationToken.CanBeCanceled);
    }

    [Fact]
    public void AuthContext_WithIdentity_FindsIt()
    {
        var name = AuthProperty.Create("name", "péer"u8.ToArray());
        var other = AuthProperty.Create("other", [1, 2]);

        var context = new AuthContext("name", new() { ["name"] = [name], ["other"] = [other] });

        Assert.True(context.IsPeerAuthenticated);
        Assert.Equal([name], context.PeerIdentity);
        Assert.Equal(2, context.Properties.Count());
        Assert.Equal([other], context.FindPropertiesByName("other"));
        Assert.Empty(context.FindPropertiesByName("none"));
        Assert.Equal("péer", name.Value);
        Assert.Equal(new byte[] { 1, 2 }, other.ValueBytes);
    }

    [Fact]
    public void AuthContext_WithoutIdentity_IsNotAuthenticated()
    {
        var context = new AuthContext(null, []);

        Assert.False(context.IsPeerAuthenticated);
        Assert.Empty(context.PeerIdentity);
        Assert.Empty(context.Properties);
    }

    private sealed class SeenCallCredentials : CallCredentialsConfiguratorBase
    {
        public List<object?> Calls { get; } = [];

        public override void SetAsyncAuthInterceptorCredentials(object? state, AsyncAuthInterceptor interceptor)
        {
            Calls.AddRange([state, interceptor]);
        }

        public override void SetCompositeCredentials(object? state, IReadOnlyList<CallCredentials> credentials)
        {
            Calls.AddRange([state, credentials]);
        }
    }

    private sealed class SeenChannelCredentials : ChannelCredentialsConfiguratorBase
    {
        public List<object?> Calls { get; } = [];

        public override void SetInsecureCredentials(object? state)
        {
            Calls.AddRange(["insecure", state]);
        }

        public override void SetSslCredentials(
            object? state,
            string? rootCertificates,
            KeyCertificatePair? keyCertificatePair,
            VerifyPeerCallback? verifyPeerCallback)
        {
            Calls.AddRange(["ssl", state, rootCertificates, keyCertificatePair, verifyPeerCallback]);
        }

        public override void SetCompositeCredentials(
            object? state, ChannelCredentials channelCredentials, CallCredentials callCredentials)
        {
            Calls.AddRange(["composite", state, channelCredentials, callCredentials]);
        }
    }
}
