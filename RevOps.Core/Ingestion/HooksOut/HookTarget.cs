using System.Net;
using System.Net.Sockets;

namespace RevOps.Core.Ingestion.HooksOut;

/// <summary>Where messages may go: never into the network that the server stands in.</summary>
/// <param name="AllowsLoopback">In Development and beside the sandbox, where the other side runs on the same machine.</param>
public sealed record HookTargetRules(bool AllowsLoopback)
{
    /// <summary>A code; null when the address may be subscribed.</summary>
    public string? ProblemOf(string url)
    {
        if (url.Length > HookSubscription.LongestUrl || !Uri.TryCreate(url, UriKind.Absolute, out var address) || address.UserInfo.Length > 0 || address.Fragment.Length > 0)
            return "url";
        if (address.IsLoopback && AllowsLoopback && address.Scheme is "http" or "https")
            return null;
        if (address.Scheme != Uri.UriSchemeHttps)
            return "https";
        return IPAddress.TryParse(address.Host.Trim('[', ']'), out var literal) && !IsAllowed(literal) ? "private" : address.IsLoopback ? "private" : null;
    }

    public bool IsAllowed(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (IPAddress.IsLoopback(address))
            return AllowsLoopback;
        return address.AddressFamily switch
        {
            AddressFamily.InterNetwork => IsPublic(address.GetAddressBytes()),
            AddressFamily.InterNetworkV6 => IsPublic6(address),
            _ => false,
        };
    }

    /// <summary>IANA's special-purpose registry, IPv4: this network, private, shared, link-local, protocol, documentation, benchmarks, multicast, reserved.</summary>
    private static bool IsPublic(byte[] part) => part switch
    {
        [0 or 10 or 127, ..] => false,
        [100, >= 64 and < 128, ..] => false,
        [169, 254, ..] => false,
        [172, >= 16 and < 32, ..] => false,
        [192, 168, ..] or [192, 0, 0 or 2, _] or [192, 88, 99, _] => false,
        [198, 18 or 19, ..] or [198, 51, 100, _] or [203, 0, 113, _] => false,
        [>= 224, ..] => false,
        _ => true,
    };

    private static bool IsPublic6(IPAddress address)
    {
        var bytes = address.GetAddressBytes();

        // Only what is given out for the whole Internet, less documentation; and no address of IPv4 in disguise (6to4, Teredo, NAT64).
        var isGlobal = (bytes[0] & 0xE0) == 0x20;
        var isDocumentation = bytes is [0x20, 0x01, 0x0D, 0xB8, ..];
        var hidesAnother = bytes is [0x20, 0x02, ..] or [0x20, 0x01, 0, 0, ..];
        return isGlobal && !isDocumentation && !hidesAnother;
    }
}

/// <summary>Connects to the very address that was looked at: a name that is resolved twice may answer otherwise the second time.</summary>
public sealed class HookHandler(HookTargetRules rules)
{
    public const string HttpName = "hooks-out";

    public SocketsHttpHandler Create() => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        ConnectCallback = ConnectAsync,
    };

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var host = context.DnsEndPoint.Host;
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancel);
        var allowed = addresses.Where(rules.IsAllowed).ToArray();
        if (allowed.Length == 0)
            throw new HookTargetException();

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>The name leads into a network that messages do not go to.</summary>
public sealed class HookTargetException() : IOException("private");
