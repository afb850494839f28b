using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace RevOps.Web.Platform;

/// <summary>How this process calls itself.</summary>
public static class OwnAddress
{
    /// <summary>Without TLS where it listens so: nobody checks a certificate of their own. Null until it listens.</summary>
    public static Uri? Of(IServer server)
    {
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        return (addresses.FirstOrDefault(address => address.StartsWith("http://", StringComparison.Ordinal)) ?? addresses.FirstOrDefault()) is { } own ? Of(own) : null;
    }

    /// <summary>"Any address" names no host that one could call.</summary>
    /// <param name="listening">As the server says where it listens, such as http://+:5080.</param>
    public static Uri Of(string listening) => new(listening
        .Replace("://+", "://localhost", StringComparison.Ordinal).Replace("://*", "://localhost", StringComparison.Ordinal)
        .Replace("://[::]", "://localhost", StringComparison.Ordinal).Replace("://0.0.0.0", "://localhost", StringComparison.Ordinal));
}
