using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace RevOps.Core.Identity;

/// <summary>
/// Codes of authenticator apps (RFC 6238: SHA-1, 30 seconds, six digits). Identity checks those of a key that it holds; this checks one that
/// is not stored until its first code was right, so that a set-up that is given up leaves nothing behind.
/// </summary>
public static class Totp
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int StepSeconds = 30;

    /// <summary>160 random bits, as apps take them.</summary>
    public static string NewKey() => string.Concat(RandomNumberGenerator.GetBytes(32).Select(random => Base32[random & 31]));

    /// <summary>What a QR code says to the app.</summary>
    public static string Address(string issuer, string account, string key) =>
        $"otpauth://totp/{Uri.EscapeDataString(issuer)}:{Uri.EscapeDataString(account)}?secret={key}&issuer={Uri.EscapeDataString(issuer)}&digits=6";

    /// <summary>True for the code of now and of two steps to either side, as Identity does: clocks of phones differ.</summary>
    public static bool Fits(string key, string code, DateTimeOffset now) => Enumerable.Range(-2, 5).Any(step =>
        CryptographicOperations.FixedTimeEquals(System.Text.Encoding.ASCII.GetBytes(CodeAt(key, now.AddSeconds(step * StepSeconds))), System.Text.Encoding.ASCII.GetBytes(code)));

#pragma warning disable CA5350 // SHA-1 is what the apps speak.
    public static string CodeAt(string key, DateTimeOffset now)
    {
        Span<byte> step = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(step, now.ToUnixTimeSeconds() / StepSeconds);
        var hash = HMACSHA1.HashData(BytesOf(key), step);
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0xf)) & 0x7fffffff;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }
#pragma warning restore CA5350

    private static byte[] BytesOf(string key)
    {
        var (bytes, buffer, bits) = (new List<byte>(), 0, 0);
        foreach (var sign in key)
        {
            (buffer, bits) = ((buffer << 5) | Base32.IndexOf(sign, StringComparison.Ordinal), bits + 5);
            if (bits < 8)
                continue;
            bytes.Add((byte)(buffer >> (bits - 8)));
            (buffer, bits) = (buffer & ((1 << (bits - 8)) - 1), bits - 8);
        }

        return [.. bytes];
    }
}
