namespace HashMatch.Service.Tests.Web;

/// <summary>What a test and <see cref="TrialHealth"/> tell each other.</summary>
public sealed class TrialGate
{
    /// <summary>Opened by the test: the stream may go on.</summary>
    public TaskCompletionSource Opened { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Set by the service: the endless call was cancelled.</summary>
    public TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
