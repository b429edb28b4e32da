namespace HashMatch.Service.Calls;

/// <summary>Says who may call a gRPC service. One that does not say is open to nobody.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AudienceAttribute(Audience audience) : Attribute
{
    public Audience Audience => audience;
}
