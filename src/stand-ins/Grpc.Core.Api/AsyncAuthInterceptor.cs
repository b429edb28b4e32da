namespace Grpc.Core;

/// <summary>Adds credentials to a call that is about to be sent.</summary>
/// <param name="context">Which call it is.</param>
/// <param name="metadata">Its headers, to which credentials are added.</param>
public delegate Task AsyncAuthInterceptor(AuthInterceptorContext context, Metadata metadata);
