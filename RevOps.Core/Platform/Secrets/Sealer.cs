using System.Security.Cryptography;

namespace RevOps.Core.Platform.Secrets;

/// <summary>
/// AES-256-GCM with a random nonce: 12 bytes of nonce, 16 of tag, then the ciphertext. The id of the row that holds the value is
/// the associated data, so a value copied into another row does not open.
/// </summary>
public static class Sealer
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int NoncesAtOnce = 256;

    // Drawn many at once, each given out once: to ask for twelve bytes takes longer than to seal a short text with them.
    [ThreadStatic]
    private static byte[]? nonces;

    [ThreadStatic]
    private static int given;

    public static byte[] Seal(byte[] key, Guid row, ReadOnlySpan<byte> plain)
    {
        using var aes = With(key);
        return Seal(aes, row, plain);
    }

    /// <exception cref="CryptographicException">Another key, another row, or a changed byte.</exception>
    public static byte[] Open(byte[] key, Guid row, ReadOnlySpan<byte> sealedBytes)
    {
        using var aes = With(key);
        return Open(aes, row, sealedBytes);
    }

    /// <summary>For whoever opens and seals more than one value under a key: making ready for it takes longer than a short text.</summary>
    internal static AesGcm With(byte[] key) => new(key, TagBytes);

    internal static byte[] Seal(AesGcm aes, Guid row, ReadOnlySpan<byte> plain)
    {
        var result = new byte[NonceBytes + TagBytes + plain.Length];
        var nonce = result.AsSpan(0, NonceBytes);
        FillNonce(nonce);

        Span<byte> associated = stackalloc byte[16];
        row.TryWriteBytes(associated);
        aes.Encrypt(nonce, plain, result.AsSpan(NonceBytes + TagBytes), result.AsSpan(NonceBytes, TagBytes), associated);
        return result;
    }

    internal static byte[] Open(AesGcm aes, Guid row, ReadOnlySpan<byte> sealedBytes)
    {
        if (sealedBytes.Length < NonceBytes + TagBytes)
            throw new CryptographicException("A sealed value has at least 28 bytes.");

        Span<byte> associated = stackalloc byte[16];
        row.TryWriteBytes(associated);
        var plain = new byte[sealedBytes.Length - NonceBytes - TagBytes];
        aes.Decrypt(sealedBytes[..NonceBytes], sealedBytes[(NonceBytes + TagBytes)..], sealedBytes.Slice(NonceBytes, TagBytes), plain, associated);
        return plain;
    }

    private static void FillNonce(Span<byte> nonce)
    {
        if (nonces is null || given == NoncesAtOnce)
            (nonces, given) = (RandomNumberGenerator.GetBytes(NoncesAtOnce * NonceBytes), 0);
        nonces.AsSpan(given++ * NonceBytes, NonceBytes).CopyTo(nonce);
    }
}
