namespace HashMatch.Service.Tests.Interop;

/// <summary>The cases, by the names that the gRPC project gives them.</summary>
internal static class InteropCases
{
    /// <summary>How long a case may take, in milliseconds; each takes a few.</summary>
    public const int Patience = 15_000;

    /// <summary>Calls that carry messages only; every peer knows them.</summary>
    public static readonly string[] Plain =
    [
        "empty_unary", "large_unary", "client_streaming", "server_streaming", "ping_pong", "empty_stream",
        "custom_metadata", "status_code_and_message", "special_status_message", "unimplemented_method",
        "unimplemented_service", "cancel_after_begin", "cancel_after_first_response", "timeout_on_sleeping_server",
    ];

    public const string ClientCompression = "client_compressed_unary";

    public const string ServerCompression = "server_compressed_unary";

    /// <summary>Bodies of four messages that a client streams.</summary>
    public static readonly int[] RequestSizes = [27_182, 8, 1_828, 45_904];

    /// <summary>Bodies of four messages that a server streams.</summary>
    public static readonly int[] ResponseSizes = [31_415, 9, 2_653, 58_979];

    public const int LargeRequest = 271_828;

    public const int LargeResponse = 314_159;

    public const string InitialHeader = "x-grpc-test-echo-initial";

    public const string TrailingHeader = "x-grpc-test-echo-trailing-bin";

    /// <summary>Asks EmptyCall for a compressed answer; not one of the gRPC project's.</summary>
    public const string CompressHeader = "x-hashmatch-test-compress";
}
