namespace Grpc.Core.Interceptors;

/// <summary>Puts interceptors before a channel.</summary>
public static class ChannelExtensions
{
    /// <summary>Puts an interceptor before a channel.</summary>
    /// <param name="channel">What the calls go to in the end.</param>
    /// <param name="interceptor">Sees each call first.</param>
    public static CallInvoker Intercept(this ChannelBase channel, Interceptor interceptor)
    {
        ArgumentNullException.ThrowIfNull(channel);
        ArgumentNullException.ThrowIfNull(interceptor);
        return channel.CreateCallInvoker().Intercept(interceptor);
    }

    /// <summary>Puts interceptors before a channel; the first of them sees each call first.</summary>
    /// <param name="channel">What the calls go to in the end.</param>
    /// <param name="interceptors">See each call in this order.</param>
    public static CallInvoker Intercept(this ChannelBase channel, params Interceptor[] interceptors)
    {
        ArgumentNullException.ThrowIfNull(channel);
        ArgumentNullException.ThrowIfNull(interceptors);
        return channel.CreateCallInvoker().Intercept(interceptors);
    }

    /// <summary>Puts a function before a channel that may add to the headers of each call or replace them.</summary>
    /// <param name="channel">What the calls go to in the end.</param>
    /// <param name="interceptor">From the headers that a call has to those that it shall have.</param>
    public static CallInvoker Intercept(this ChannelBase channel, Func<Metadata, Metadata> interceptor)
    {
        ArgumentNullException.ThrowIfNull(channel);
        ArgumentNullException.ThrowIfNull(interceptor);
        return channel.CreateCallInvoker().Intercept(interceptor);
    }
}
