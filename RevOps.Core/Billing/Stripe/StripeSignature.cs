using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace RevOps.Core.Billing.Stripe;

public enum StripeSignatureResult
{
    Valid = 0,

    /// <summary>No header, or no secret to check it with.</summary>
    Missing = 1,

    /// <summary>The header has no readable time or no <c>v1</c>.</summary>
    Malformed = 2,

    /// <summary>Signed by the right secret, but more than five minutes away from now: a replay, or a clock that is off.</summary>
    Stale = 3,

    /// <summary>No signature fits any secret.</summary>
    Forged = 4,
}

/// <summary>
/// Checks <c>Stripe-Signature: t=…,v1=…</c>: HMAC-SHA256 in hex over "{t}.{raw body}". Several <c>v1</c> and several secrets stand
/// side by side while a secret is rotated; <c>v0</c> is a test scheme and counts for nothing.
/// Source: docs.stripe.com/webhooks, verify manually.
/// </summary>
public static class StripeSignature
{
    /// <summary>Either way, the edge included.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(300);

    /// <param name="body">The bytes as they came: JSON read and written again no longer fits.</param>
    /// <param name="now">The system's clock, never the business clock.</param>
    public static StripeSignatureResult Verify(string? header, ReadOnlySpan<byte> body, IReadOnlyCollection<string> secrets, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(header) || secrets.Count == 0)
            return StripeSignatureResult.Missing;

        var parts = header.Split(',').Select(part => part.Trim().Split('=', 2)).Where(part => part.Length == 2).ToList();
        var time = parts.Find(part => part[0] == "t")?[1];
        var signatures = parts.Where(part => part[0] == "v1").Select(part => part[1]).ToList();
        if (signatures.Count == 0 || !long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return StripeSignatureResult.Malformed;
        if (!IsSigned(time, body, signatures, secrets))
            return StripeSignatureResult.Forged;

        // The difference of two seconds: as instants, a far future time would overflow.
        return Math.Abs((decimal)now.ToUnixTimeSeconds() - seconds) <= (decimal)Tolerance.TotalSeconds
            ? StripeSignatureResult.Valid
            : StripeSignatureResult.Stale;
    }

    // Compares every pair in constant time and without leaving early, so the time taken tells nothing.
    private static bool IsSigned(string time, ReadOnlySpan<byte> body, List<string> signatures, IReadOnlyCollection<string> secrets)
    {
        var signed = false;
        foreach (var secret in secrets)
        {
            using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
            hmac.AppendData(Encoding.UTF8.GetBytes(time + "."));
            hmac.AppendData(body);
            var expected = Encoding.UTF8.GetBytes(Convert.ToHexStringLower(hmac.GetHashAndReset()));
            foreach (var signature in signatures)
                signed |= CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(signature));
        }

        return signed;
    }
}
