namespace HashMatch.Service.Calls;

/// <summary>The greatest size of a message, in bytes, by who may send it.</summary>
public static class MessageLimits
{
    public const int Anonymous = 64 * 1024;

    public const int Platforms = 1024 * 1024;
}
