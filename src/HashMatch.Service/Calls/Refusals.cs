using Grpc.Core;

namespace HashMatch.Service.Calls;

/// <summary>
/// Every refusal that a caller can get: a status code and a sentence that never repeats what was sent.
/// </summary>
public static class Refusals
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    public static RpcException CaseKeyMalformed() =>
        Invalid("The case key must be 16 bytes long.");

    public static RpcException NoPictures() =>
        Invalid("Send at least one picture.");

    public static RpcException TooManyFingerprints(int maximum) =>
        Invalid($"Send at most {maximum} pictures and {maximum} fingerprints in one request, and the rest in another.");

    public static RpcException PictureWithoutFingerprints(int maximum) =>
        Invalid($"A picture must have 1 to {maximum} fingerprints.");

    public static RpcException HashMalformed() =>
        Invalid("Each hash must be 32 bytes long: a PDQ hash, big-endian.");

    public static RpcException QualityMalformed() =>
        Invalid("A quality must be from 0 to 100.");

    public static RpcException AgeGroupMissing() =>
        Invalid("Say whether the person was under 18 in one of the pictures.");

    public static RpcException NoSuchCase() => new(new Status(
        StatusCode.NotFound,
        "There is no case with this key. Check the key; if the case was never registered, register it first."));

    public static RpcException CaseWithdrawn() => new(new Status(
        StatusCode.FailedPrecondition,
        "This case was withdrawn and cannot be added to. Register the pictures under a new case key."));

    public static RpcException WithdrawScopeUnclear() =>
        Invalid("Say what to withdraw: the whole case, or one picture by its number, not both.");

    public static RpcException NoSuchPicture() => new(new Status(
        StatusCode.NotFound, "The case holds no picture with this number. Ask for its status to see the numbers."));

    public static RpcException CredentialsOnAnonymousCall() =>
        Invalid("This method is anonymous. Call it without an authorization header.");

    public static RpcException ApiKeyMissing() => new(new Status(
        StatusCode.Unauthenticated, "Send your platform's API key in the header: authorization: Bearer hm_..."));

    public static RpcException ApiKeyNotValid() => new(new Status(
        StatusCode.Unauthenticated, "This API key is not valid. It may be mistyped or revoked; ask the operator."));

    public static RpcException ScopeMissing() => new(new Status(
        StatusCode.PermissionDenied, "This API key does not have the scope that the method needs. Ask the operator."));

    public static RpcException NotServed() => new(new Status(
        StatusCode.PermissionDenied, "This method is not open to callers."));

    public static RpcException NoHashes(int maximum) =>
        Invalid($"Send 1 to {maximum} hashes in one request.");

    public static RpcException HashOfZeros() =>
        Invalid("A hash of zeros belongs to no picture. Do not send pictures of quality 0.");

    public static RpcException DistanceOutOfRange(int maximum) =>
        Invalid($"The maximum distance must be from 0 to {maximum} on this server.");

    public static RpcException RequestMissing() =>
        Invalid("Each message of the stream must hold a request.");

    public static RpcException TooManyMatches(int maximum) => new(new Status(
        StatusCode.ResourceExhausted,
        $"The answer would hold more than {maximum} matches. Ask for fewer hashes at once or a smaller distance."));

    public static RpcException FeedPositionMalformed() => Invalid(
        "Say where the mirror is, as the service told it: an epoch of 16 bytes, a position, a chain of 32 bytes.");

    public static RpcException NotInFeed() => new(new Status(
        StatusCode.FailedPrecondition,
        "The feed has no such place: its database was restored or replaced. Begin afresh with a snapshot."));

    public static RpcException MirrorIdMalformed() =>
        Invalid("A mirror's id must be 16 bytes long: random, made once by the mirror.");

    public static RpcException TooManyMirrors(int maximum) => new(new Status(
        StatusCode.ResourceExhausted,
        $"This platform has {maximum} mirrors already. Keep a mirror's id over restarts; unused ones end in a week."));

    public static RpcException NoReports(int maximum) =>
        Invalid($"Send 1 to {maximum} reports in one request.");

    public static RpcException EntryIdMalformed() =>
        Invalid("An entry's id is 32 hexadecimal digits, as the match answers to this platform spell it.");

    public static RpcException OutcomeMissing() =>
        Invalid("Say of each entry what was done: removed, not violating, or under review.");

    public static RpcException NoSuchService() => new(new Status(
        StatusCode.NotFound, "No service of this name is served here."));

    public static RpcException NoSuchProtoFile() => new(new Status(
        StatusCode.NotFound, "No proto file of this name describes what is served here."));

    public static RpcException NoSuchSymbol() => new(new Status(
        StatusCode.NotFound, "Nothing of this name is declared here. Ask for the services to see where to start."));

    public static RpcException NoSuchExtension() => new(new Status(
        StatusCode.NotFound, "No message has extensions here."));

    public static RpcException NoSuchReflection() => new(new Status(
        StatusCode.Unimplemented, "Ask for a file, a symbol, an extension or the services."));

    public static RpcException Stopping() => new(new Status(
        StatusCode.Unavailable, "The service is stopping. Call again in a moment."));

    public static RpcException StorageUnavailable() => new(new Status(
        StatusCode.Unavailable,
        "The service cannot reach its storage now. Try again later; to repeat the call is safe."));

    public static RpcException MessageUnreadable() =>
        Invalid("The bytes sent are not a message of this method.");

    public static RpcException StreamIdle(TimeSpan patience) => new(new Status(
        StatusCode.Unavailable,
        $"The stream waited for its caller for more than {patience.TotalSeconds} s. Open another when it is needed."));

    public static RpcException TooManyStreams(int maximum) => Later(
        $"There are {maximum} open streams already. Send more over one of them, or try again later.");

    public static RpcException Cancelled() => new(new Status(StatusCode.Cancelled, "The call was cancelled."));

    public static RpcException Faulty() => new(new Status(
        StatusCode.Internal, "The service could not do this because of a fault of its own. Tell its operator."));

    /// <summary>Makes a call; whatever it fails with reaches its caller as a refusal.</summary>
    public static async Task<TResult> GuardAsync<TResult>(
        Func<Task<TResult>> call, Func<Exception, RpcException> refuse)
    {
        try
        {
            return await call();
        }
        catch (Exception exception)
        {
            throw refuse(exception);
        }
    }

    /// <summary>Makes a call with one question, as the rules have it.</summary>
    /// <remarks>Apart from the other: a function made anew for every call shows in what short calls cost.</remarks>
    public static async Task<TResponse> GuardAsync<TRequest, TResponse>(
        CallRules rules,
        UnaryServerMethod<TRequest, TResponse> call,
        TRequest request,
        ServerCallContext context)
        where TRequest : class
        where TResponse : class
    {
        try
        {
            await rules.AdmitAsync(context);
            return await call(request, context);
        }
        catch (Exception exception)
        {
            throw rules.Refuse(exception);
        }
    }

    // When to try again stands where gRPC's own retry policies look for it (gRFC A6).
    private static RpcException Later(string sentence) => new(
        new Status(StatusCode.ResourceExhausted, sentence),
        new Metadata { { "grpc-retry-pushback-ms", RetryDelay.TotalMilliseconds.ToString("F0") } });

    private static RpcException Invalid(string sentence) => new(new Status(StatusCode.InvalidArgument, sentence));
}
