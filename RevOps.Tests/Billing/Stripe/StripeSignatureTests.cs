using System.Text;
using RevOps.Core.Billing.Stripe;

namespace RevOps.Tests.Billing.Stripe;

public sealed class StripeSignatureTests
{
    // Made with Python's hmac module, not with our code: HMAC-SHA256 of "1795000000.{body}" under "whsec_test".
    private const string Signature = "2ef47d5f729b97da801fc2d3c344254c396b0fb9eb43f51bdddedb7006842aaf";
    private const string Body = """{"id":"evt_1","object":"event","livemode":false,"type":"invoice.paid","data":{"object":{"id":"in_1"}}}""";
    private const string Wrong = "0000000000000000000000000000000000000000000000000000000000000000";
    private static readonly DateTimeOffset Signed = DateTimeOffset.FromUnixTimeSeconds(1795000000);

    [Theory]
    [InlineData($"t=1795000000,v1={Signature}", StripeSignatureResult.Valid)]
    [InlineData($"t=1795000000, v1={Wrong}, v1={Signature}", StripeSignatureResult.Valid)]
    [InlineData($"v0={Wrong},v1={Signature},t=1795000000", StripeSignatureResult.Valid)]
    [InlineData($"t=1795000001,v1={Signature}", StripeSignatureResult.Forged)]
    [InlineData($"t=1795000000,v1={Wrong}", StripeSignatureResult.Forged)]
    [InlineData("t=1795000000,v1=", StripeSignatureResult.Forged)]
    [InlineData($"t=1795000000,v0={Signature}", StripeSignatureResult.Malformed)]
    [InlineData($"t=soon,v1={Signature}", StripeSignatureResult.Malformed)]
    [InlineData($"v1={Signature}", StripeSignatureResult.Malformed)]
    [InlineData("nonsense", StripeSignatureResult.Malformed)]
    [InlineData("", StripeSignatureResult.Missing)]
    [InlineData(null, StripeSignatureResult.Missing)]
    public void Verify_ReadsTheHeader(string? header, StripeSignatureResult expected) =>
        Assert.Equal(expected, StripeSignature.Verify(header, Encoding.UTF8.GetBytes(Body), ["whsec_test"], Signed));

    [Theory]
    [InlineData(-301, StripeSignatureResult.Stale)]
    [InlineData(-300, StripeSignatureResult.Valid)]
    [InlineData(300, StripeSignatureResult.Valid)]
    [InlineData(301, StripeSignatureResult.Stale)]
    public void Verify_ToleratesFiveMinutesEitherWay(int secondsLater, StripeSignatureResult expected) =>
        Assert.Equal(expected, Verify(Encoding.UTF8.GetBytes(Body), ["whsec_test"], secondsLater));

    [Fact]
    public void Verify_EveryChangedByteIsForged()
    {
        var bytes = Encoding.UTF8.GetBytes(Body);
        for (var index = 0; index < bytes.Length; index++)
        {
            bytes[index] ^= 1;
            Assert.Equal(StripeSignatureResult.Forged, Verify(bytes, ["whsec_test"]));
            bytes[index] ^= 1;
        }
    }

    [Fact]
    public void Verify_AcceptsTheOldAndTheNewSecretWhileRotating()
    {
        Assert.Equal(StripeSignatureResult.Valid, Verify(Encoding.UTF8.GetBytes(Body), ["whsec_new", "whsec_test"]));
        Assert.Equal(StripeSignatureResult.Forged, Verify(Encoding.UTF8.GetBytes(Body), ["whsec_new"]));
        Assert.Equal(StripeSignatureResult.Missing, Verify(Encoding.UTF8.GetBytes(Body), []));
    }

    private static StripeSignatureResult Verify(byte[] body, string[] secrets, int secondsLater = 0) =>
        StripeSignature.Verify($"t=1795000000,v1={Signature}", body, secrets, Signed.AddSeconds(secondsLater));
}
