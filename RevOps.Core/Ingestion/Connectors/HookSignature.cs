using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace RevOps.Core.Ingestion.Connectors;

public enum HookVerdict
{
    Valid = 0,

    /// <summary>No header, or no secret to check it with.</summary>
    Missing = 1,

    /// <summary>The headers cannot be read as what they should be.</summary>
    Malformed = 2,

    /// <summary>Signed by a right secret, but more than five minutes away from now.</summary>
    Stale = 3,

    /// <summary>No signature fits any secret.</summary>
    Forged = 4,
}

/// <summary>A call as it came: what the vendors' signatures are made of.</summary>
/// <param name="Addresses">What the caller may have called us: the public address, and the one of the request behind its proxies.</param>
public sealed record SignedCall(string Method, IReadOnlyList<Uri> Addresses, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body)
{
    public string? Header(string name) => Headers.TryGetValue(name, out var value) && !string.IsNullOrWhiteSpace(value) ? value : null;
}

/// <summary>
/// The vendors' signatures, each checked against every secret in constant time. Times are the system clock's, never the business clock's.
/// Sources: standardwebhooks.com; developer.calendly.com, webhook signatures; cal.com/docs, webhooks; developers.hubspot.com, request
/// validation.
/// </summary>
public static class HookSignature
{
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    public const string SecretPrefix = "whsec_";

    /// <summary><c>webhook-signature: v1,…</c>, base64 over "id.timestamp.body"; several signatures stand side by side, separated by blanks.</summary>
    public static HookVerdict Standard(SignedCall call, IReadOnlyCollection<string> secrets, DateTimeOffset now)
    {
        if (call.Header("webhook-id") is not { } id || call.Header("webhook-timestamp") is not { } time || call.Header("webhook-signature") is not { } header || secrets.Count == 0)
            return HookVerdict.Missing;
        var signatures = header.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(part => part.StartsWith("v1,", StringComparison.Ordinal)).Select(part => part[3..]).ToList();
        if (signatures.Count == 0 || !TryRead(time, out var seconds))
            return HookVerdict.Malformed;
        var fits = Fits(secrets.Select(StandardKey), [Encoding.UTF8.GetBytes($"{id}.{time}."), call.Body], signatures, Convert.ToBase64String);
        return Judge(fits, now.ToUnixTimeSeconds(), seconds, Tolerance.TotalSeconds);
    }

    /// <summary><c>X-Cal-Signature-256</c>, hex over the body. It carries no time: a repeat is known by what it is about.</summary>
    public static HookVerdict CalCom(SignedCall call, IReadOnlyCollection<string> secrets)
    {
        if (call.Header("X-Cal-Signature-256") is not { } signature || secrets.Count == 0)
            return HookVerdict.Missing;
        return Fits(secrets.Select(Encoding.UTF8.GetBytes), [call.Body], [signature.ToLowerInvariant()], Convert.ToHexStringLower) ? HookVerdict.Valid : HookVerdict.Forged;
    }

    /// <summary><c>Calendly-Webhook-Signature: t=…,v1=…</c>, hex over "t.body".</summary>
    public static HookVerdict Calendly(SignedCall call, IReadOnlyCollection<string> secrets, DateTimeOffset now)
    {
        if (call.Header("Calendly-Webhook-Signature") is not { } header || secrets.Count == 0)
            return HookVerdict.Missing;
        var parts = header.Split(',').Select(part => part.Trim().Split('=', 2)).Where(part => part.Length == 2).ToList();
        var signatures = parts.Where(part => part[0] == "v1").Select(part => part[1]).ToList();
        if (signatures.Count == 0 || parts.Find(part => part[0] == "t")?[1] is not { } time || !TryRead(time, out var seconds))
            return HookVerdict.Malformed;
        var fits = Fits(secrets.Select(Encoding.UTF8.GetBytes), [Encoding.UTF8.GetBytes(time + "."), call.Body], signatures, Convert.ToHexStringLower);
        return Judge(fits, now.ToUnixTimeSeconds(), seconds, Tolerance.TotalSeconds);
    }

    /// <summary><c>X-HubSpot-Signature-v3</c>, base64 over method, address, body and <c>X-HubSpot-Request-Timestamp</c> in milliseconds.</summary>
    public static HookVerdict HubSpot(SignedCall call, IReadOnlyCollection<string> secrets, DateTimeOffset now)
    {
        if (call.Header("X-HubSpot-Signature-v3") is not { } signature || call.Header("X-HubSpot-Request-Timestamp") is not { } time || secrets.Count == 0)
            return HookVerdict.Missing;
        if (!TryRead(time, out var milliseconds))
            return HookVerdict.Malformed;
        var fits = false;
        foreach (var address in call.Addresses)
            fits |= Fits(secrets.Select(Encoding.UTF8.GetBytes), [Encoding.UTF8.GetBytes(call.Method + Readable(address)), call.Body, Encoding.UTF8.GetBytes(time)], [signature], Convert.ToBase64String);
        return Judge(fits, now.ToUnixTimeMilliseconds(), milliseconds, Tolerance.TotalMilliseconds);
    }

    /// <summary>The key of a <c>whsec_</c> secret: what follows is base64; what is not is taken as it is typed.</summary>
    public static byte[] StandardKey(string secret)
    {
        var text = secret.StartsWith(SecretPrefix, StringComparison.Ordinal) ? secret[SecretPrefix.Length..] : secret;
        var buffer = new byte[text.Length];
        return Convert.TryFromBase64String(text, buffer, out var written) ? buffer[..written] : Encoding.UTF8.GetBytes(text);
    }

    // HubSpot signs its address with these signs of the query decoded.
    private static string Readable(Uri address) => address.AbsoluteUri
        .Replace("%3A", ":", StringComparison.OrdinalIgnoreCase).Replace("%2F", "/", StringComparison.OrdinalIgnoreCase).Replace("%3F", "?", StringComparison.OrdinalIgnoreCase)
        .Replace("%40", "@", StringComparison.OrdinalIgnoreCase).Replace("%21", "!", StringComparison.OrdinalIgnoreCase).Replace("%24", "$", StringComparison.OrdinalIgnoreCase)
        .Replace("%27", "'", StringComparison.OrdinalIgnoreCase).Replace("%28", "(", StringComparison.OrdinalIgnoreCase).Replace("%29", ")", StringComparison.OrdinalIgnoreCase)
        .Replace("%2A", "*", StringComparison.OrdinalIgnoreCase).Replace("%2C", ",", StringComparison.OrdinalIgnoreCase).Replace("%3B", ";", StringComparison.OrdinalIgnoreCase);

    private static bool TryRead(string text, out long number) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static HookVerdict Judge(bool fits, long now, long then, double tolerance) =>
        !fits ? HookVerdict.Forged : Math.Abs((decimal)now - then) <= (decimal)tolerance ? HookVerdict.Valid : HookVerdict.Stale;

    /// <summary>Every pair is compared, none of them early: the time it takes tells nothing.</summary>
    private static bool Fits(IEnumerable<byte[]> keys, ReadOnlySpan<ReadOnlyMemory<byte>> parts, IReadOnlyList<string> signatures, Func<byte[], string> write)
    {
        var fits = false;
        foreach (var key in keys)
        {
            using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
            foreach (var part in parts)
                hmac.AppendData(part.Span);
            var expected = Encoding.UTF8.GetBytes(write(hmac.GetHashAndReset()));
            foreach (var signature in signatures)
                fits |= CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(signature));
        }

        return fits;
    }
}
