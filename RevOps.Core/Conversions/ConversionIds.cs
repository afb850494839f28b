using System.Security.Cryptography;
using System.Text;

namespace RevOps.Core.Conversions;

/// <summary>Deterministic ids: never random per attempt, and the same in the browser, so that pixel and server are counted once.</summary>
public static class ConversionIds
{
    private const int Longest = 64;

    /// <summary>"lead.S-17": stage and the sender's id; an id over 64 characters is replaced by its SHA-256 in hex.</summary>
    public static string EventId(ConversionStage stage, string businessId) => $"{stage.ToString().ToLowerInvariant()}.{Short(businessId)}";

    /// <summary>What Google overwrites a value by: payment and refund carry the booking's.</summary>
    public static string TransactionId(ConversionStage stage, string businessId) =>
        EventId(stage is ConversionStage.Paid or ConversionStage.Refunded ? ConversionStage.Booked : stage, businessId);

    private static string Short(string businessId) =>
        businessId.Length <= Longest ? businessId : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(businessId)));
}
