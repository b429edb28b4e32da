using Grpc.Core;
using HashMatch.Protocol;

namespace HashMatch.Service.Tests.Hostile;

/// <summary>Peers that leave, in every way, at every step of a call.</summary>
[Collection(HostilePeers.Name)]
public sealed class HalfCloseTests(AttackedService service)
{
    public enum Step
    {
        AfterHeaders,
        WithinPrefix,
        WithinMessage,
        AfterMessage,
        AfterAnswersHeaders,
        WithinAnswer,
        AfterAnswer,
    }

    public enum Leave
    {
        EndOfStream,
        Reset,
        EndOfConnection,
        Drop,
    }

    [Theory]
    [InlineData(AttackedService.Match, Leave.EndOfStream)]
    [InlineData(AttackedService.Match, Leave.Reset)]
    [InlineData(AttackedService.Match, Leave.EndOfConnection)]
    [InlineData(AttackedService.Match, Leave.Drop)]
    [InlineData(AttackedService.MatchStream, Leave.EndOfStream)]
    [InlineData(AttackedService.MatchStream, Leave.Reset)]
    [InlineData(AttackedService.MatchStream, Leave.EndOfConnection)]
    [InlineData(AttackedService.MatchStream, Leave.Drop)]
    public async Task Call_LeftAtEachStep_IsEndedAndHarmsNoOther(string path, Leave leave)
    {
        bool unary = path == AttackedService.Match;
        foreach (Step step in Enum.GetValues<Step>())
        {
            for (int round = 0; round < (HostilePeers.IsLong ? 50 : 3); round++)
            {
                // A unary call is answered once the peer has ended its half, so later it has no half left to end.
                if (!(unary && leave == Leave.EndOfStream && step > Step.AfterMessage))
                {
                    await LeaveAsync(path, step, leave);
                }
            }
        }

        await service.AssertWellAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Connection_CutAtAnyByte_HarmsNoOther(bool dropped)
    {
        byte[] all =
        [
            .. Frame.Greeting(),
            .. Frame.Call(1, AttackedService.MatchStream, more: service.Authorization),
            .. Frame.Data(1, Message.Of(new MatchStreamRequest { Request = new MatchRequest { MaxDistance = 1 } })),
        ];

        for (int length = 0; length < all.Length; length++)
        {
            using RawPeer peer = await RawPeer.ConnectAsync(service.Address);
            await peer.SendAsync(all[..length]);
            if (dropped)
            {
                peer.Drop();
            }
            else
            {
                peer.Finish();
                await peer.ClosedAsync();
            }
        }

        await service.AssertWellAsync();
    }

    private async Task LeaveAsync(string path, Step step, Leave leave)
    {
        bool unary = path == AttackedService.Match;
        uint window = step switch
        {
            Step.AfterAnswersHeaders => 0,
            Step.WithinAnswer => 100,
            _ => 1_000_000,
        };
        using RawPeer peer = await RawPeer.GreetAsync(service.Address, window);
        await peer.SendAsync(Frame.WindowUpdate(0, 1_000_000), Frame.Call(1, path, more: service.Authorization));
        byte[] message = Message.Of(unary
            ? AttackedService.LargeRequest
            : new MatchStreamRequest { Request = AttackedService.LargeRequest });
        int length = step switch
        {
            Step.AfterHeaders => 0,
            Step.WithinPrefix => 3,
            Step.WithinMessage => 20_000,
            _ => message.Length,
        };
        foreach (byte[] chunk in message[..length].Chunk(Frame.MaxLength))
        {
            await peer.SendAsync(Frame.Data(1, chunk));
        }

        if (step > Step.AfterMessage)
        {
            await ReadToAsync(peer, step, unary);
        }

        switch (leave)
        {
            case Leave.EndOfStream:
                await peer.SendAsync(Frame.Data(1, [], end: true), Frame.WindowUpdate(1, 1_000_000));
                AssertStatus(step, unary, await peer.AnswerAsync(1));
                break;
            case Leave.Reset:
                await peer.SendAsync(Frame.Reset(1));
                Answer next = await peer.CallAsync(3, AttackedService.Check, new byte[5]);
                Assert.Equal(StatusCode.OK, next.Status);
                break;
            case Leave.EndOfConnection:
                peer.Finish();
                await peer.ClosedAsync();
                break;
            case Leave.Drop:
                peer.Drop();
                break;
        }
    }

    private static async Task ReadToAsync(RawPeer peer, Step step, bool unary)
    {
        if (unary)
        {
            await peer.SendAsync(Frame.Data(1, [], end: true));
        }

        int content = 0;
        while (await peer.NextAsync() is Frame frame)
        {
            content += frame.Kind == FrameKind.Data ? frame.Payload.Length : 0;
            if (frame.EndOfStream
                || (step == Step.AfterAnswersHeaders && frame.Kind == FrameKind.Headers)
                || (step == Step.WithinAnswer && content > 0)
                || (step == Step.AfterAnswer && content > 400_000))
            {
                return;
            }
        }

        Assert.Fail("The connection was closed.");
    }

    private static void AssertStatus(Step step, bool unary, Answer answer)
    {
        StatusCode expected = step >= Step.AfterMessage || (step == Step.AfterHeaders && !unary)
            ? StatusCode.OK
            : StatusCode.InvalidArgument;

        Assert.True(expected == answer.Status, $"{step}: {answer}");
    }
}
