using HashMatch.Protocol;

namespace HashMatch.Service.Tests.Hostile;

[Collection(HostilePeers.Name)]
public sealed class RapidResetTests(AttackedService service)
{
    private static readonly int Resets = HostilePeers.IsLong ? 1_000_000 : 100_000;

    [Theory]
    [InlineData(AttackedService.Match, false, 100)]
    [InlineData(AttackedService.MatchStream, true, 100)]
    [InlineData(AttackedService.MatchStream, true, 1_000)]
    public async Task Reset_OfEveryCallAtOnce_IsBorneOrEndsTheConnection(string path, bool withMessage, int burstSize)
    {
        byte[] block = Frame.CallBlock(path, service.Authorization);
        byte[] message = Message.Of(new MatchStreamRequest { Request = AttackedService.LargeRequest })[..1_000];
        int connections = 0;
        HashSet<uint?> ends = [];

        for (int sent = 0; sent < Resets; connections++)
        {
            using RawPeer peer = await RawPeer.GreetAsync(service.Address);
            int stream = 1;
            bool open = true;
            while (open && sent < Resets)
            {
                List<byte[]> burst = [];
                for (int i = 0; i < burstSize; i++, stream += 2)
                {
                    burst.Add(Frame.Headers(stream, block));
                    if (withMessage)
                    {
                        burst.Add(Frame.Data(stream, message));
                    }

                    burst.Add(Frame.Reset(stream));
                }

                // The answer to a ping shows that the server has come so far: resets are not merely sent, but met.
                open = await peer.SendAsync([.. burst]) && await peer.SettleAsync();
                sent += burstSize;
            }

            if (!open)
            {
                ends.Add(peer.GoAway);
            }
        }

        TestContext.Current.SendDiagnosticMessage($"{Resets} resets took {connections} connections.");
        // Kestrel ends a connection for its resets, or for more output than it queues, whichever is first. One that is
        // closed with bytes unread may lose its last word.
        Assert.DoesNotContain(ends, end => end is not (null or Http2Error.Internal or Http2Error.EnhanceYourCalm));
        await service.AssertWellAsync();
    }
}
