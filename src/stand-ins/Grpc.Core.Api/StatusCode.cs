namespace Grpc.Core;

/// <summary>How a call ended. The numbers are those that travel in the trailer <c>grpc-status</c>.</summary>
public enum StatusCode
{
    /// <summary>The call succeeded.</summary>
    OK = 0,

    /// <summary>The call was cancelled, as a rule by its caller.</summary>
    Cancelled = 1,

    /// <summary>The cause is not known, or came from another system whose codes do not map to these.</summary>
    Unknown = 2,

    /// <summary>An argument is wrong whatever the state of the system is.</summary>
    InvalidArgument = 3,

    /// <summary>The deadline passed first. The work may still have been done.</summary>
    DeadlineExceeded = 4,

    /// <summary>What was asked for does not exist.</summary>
    NotFound = 5,

    /// <summary>What was to be created exists already.</summary>
    AlreadyExists = 6,

    /// <summary>The caller is known and may not do this.</summary>
    PermissionDenied = 7,

    /// <summary>A quota or a resource is used up.</summary>
    ResourceExhausted = 8,

    /// <summary>The system is not in the state that the call needs; a retry alone does not help.</summary>
    FailedPrecondition = 9,

    /// <summary>The call lost against another one; a retry of the whole sequence may succeed.</summary>
    Aborted = 10,

    /// <summary>The call went past the valid range, such as the end of a file.</summary>
    OutOfRange = 11,

    /// <summary>The server has no such method, or does not offer it.</summary>
    Unimplemented = 12,

    /// <summary>An invariant of the system is broken.</summary>
    Internal = 13,

    /// <summary>The service cannot be reached at the moment; a retry may succeed.</summary>
    Unavailable = 14,

    /// <summary>Data are lost or damaged beyond repair.</summary>
    DataLoss = 15,

    /// <summary>The caller did not show valid credentials.</summary>
    Unauthenticated = 16,
}
