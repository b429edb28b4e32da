using System.Diagnostics.CodeAnalysis;

namespace Grpc.Core.Utils;

/// <summary>Checks with which gRPC's own code begins its methods.</summary>
public static class GrpcPreconditions
{
    /// <summary>Refuses an argument that does not meet a condition.</summary>
    /// <param name="condition">Whether it does.</param>
    /// <exception cref="ArgumentException">It does not.</exception>
    public static void CheckArgument([DoesNotReturnIf(false)] bool condition)
    {
        if (!condition)
        {
            throw new ArgumentException(message: null);
        }
    }

    /// <summary>Refuses an argument that does not meet a condition.</summary>
    /// <param name="condition">Whether it does.</param>
    /// <param name="errorMessage">What the exception says.</param>
    /// <exception cref="ArgumentException">It does not.</exception>
    public static void CheckArgument([DoesNotReturnIf(false)] bool condition, string errorMessage)
    {
        if (!condition)
        {
            throw new ArgumentException(errorMessage);
        }
    }

    /// <summary>Refuses null.</summary>
    /// <typeparam name="T">What the reference is of.</typeparam>
    /// <param name="reference">The reference.</param>
    /// <returns>The reference.</returns>
    /// <exception cref="ArgumentNullException">The reference is null.</exception>
    public static T CheckNotNull<T>([NotNull] T? reference)
    {
        return reference ?? throw new ArgumentNullException(paramName: null);
    }

    /// <summary>Refuses null.</summary>
    /// <typeparam name="T">What the reference is of.</typeparam>
    /// <param name="reference">The reference.</param>
    /// <param name="paramName">The parameter that the exception names.</param>
    /// <returns>The reference.</returns>
    /// <exception cref="ArgumentNullException">The reference is null.</exception>
    public static T CheckNotNull<T>([NotNull] T? reference, string paramName)
    {
        return reference ?? throw new ArgumentNullException(paramName);
    }

    /// <summary>Refuses to go on in a state that does not meet a condition.</summary>
    /// <param name="condition">Whether it does.</param>
    /// <exception cref="InvalidOperationException">It does not.</exception>
    public static void CheckState([DoesNotReturnIf(false)] bool condition)
    {
        if (!condition)
        {
            throw new InvalidOperationException();
        }
    }

    /// <summary>Refuses to go on in a state that does not meet a condition.</summary>
    /// <param name="condition">Whether it does.</param>
    /// <param name="errorMessage">What the exception says.</param>
    /// <exception cref="InvalidOperationException">It does not.</exception>
    public static void CheckState([DoesNotReturnIf(false)] bool condition, string errorMessage)
    {
        if (!condition)
        {
            throw new InvalidOperationException(errorMessage);
        }
    }
}
