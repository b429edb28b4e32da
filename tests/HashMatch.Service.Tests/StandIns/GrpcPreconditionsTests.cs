using Grpc.Core.Utils;

namespace HashMatch.Service.Tests.StandIns;

public class GrpcPreconditionsTests
{
    [Fact]
    public void Checks_ConditionMet_PassOn()
    {
        object something = new();

        GrpcPreconditions.CheckArgument(true);
        GrpcPreconditions.CheckArgument(true, "wrong");
        GrpcPreconditions.CheckState(true);
        GrpcPreconditions.CheckState(true, "wrong");

        Assert.Same(something, GrpcPreconditions.CheckNotNull(something));
        Assert.Same(something, GrpcPreconditions.CheckNotNull(something, "name"));
        Assert.Equal(0, GrpcPreconditions.CheckNotNull(0));
    }

    [Fact]
    public void Checks_ConditionNotMet_ThrowWhatTheyAreTold()
    {
        Assert.Throws<ArgumentException>(() => GrpcPreconditions.CheckArgument(false));
        Assert.Throws<InvalidOperationException>(() => GrpcPreconditions.CheckState(false));
        Assert.Throws<ArgumentNullException>(() => GrpcPreconditions.CheckNotNull<object>(null!));
        Assert.Equal(
            "wrong argument",
            Assert.Throws<ArgumentException>(() => GrpcPreconditions.CheckArgument(false, "wrong argument")).Message);
        Assert.Equal(
            "wrong state",
            Assert.Throws<InvalidOperationException>(() => GrpcPreconditions.CheckState(false, "wrong state")).Message);
        Assert.Equal(
            "name",
            Assert.Throws<ArgumentNullException>(
                () => GrpcPreconditions.CheckNotNull<object>(null!, "name")).ParamName);
    }
}
