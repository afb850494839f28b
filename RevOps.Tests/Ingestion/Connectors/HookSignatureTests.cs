using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using RevOps.Core.Ingestion.Connectors;
using RevOps.Core.Ingestion.HooksOut;

namespace RevOps.Tests.Ingestion.Connectors;

/// <summary>The vendors' signatures: right, forged, stale, and while a secret is changed for another.</summary>
public sealed class HookSignatureTests
{
    private const string Body = """{"test": 2432232314}""";
    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeSeconds(1_614_265_330);

    // The example of the specification's own libraries.
    private const string SpecSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string SpecId = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const string SpecSignature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    [Fact]
    public void Standard_TakesTheSpecificationsOwnExample()
    {
        Assert.Equal(HookVerdict.Valid, Standard(SpecSignature, At));
        Assert.Equal(HookVerdict.Valid, Standard($"v1,{Convert.ToBase64String(new byte[32])} v1a,other {SpecSignature}", At.AddMinutes(5)));
        Assert.Equal(HookVerdict.Stale, Standard(SpecSignature, At.AddSeconds(301)));
        Assert.Equal(HookVerdict.Stale, Standard(SpecSignature, At.AddSeconds(-301)));
        Assert.Equal(HookVerdict.Forged, Standard(SpecSignature.Replace("g0h", "h0h", StringComparison.Ordinal), At));
        Assert.Equal(HookVerdict.Malformed, Standard("v2,abc", At));
        Assert.Equal(HookVerdict.Missing, HookSignature.Standard(Call(), [SpecSecret], At));
        Assert.Equal(HookVerdict.Valid, HookSignature.Standard(StandardCall(SpecSignature), ["whsec_" + Convert.ToBase64String(new byte[24]), SpecSecret], At));
    }

    [Fact]
    public void CalCom_IsHexOverTheBody()
    {
        var good = Convert.ToHexStringLower(HMACSHA256.HashData("first-secret"u8, Encoding.UTF8.GetBytes(Body)));
        Assert.Equal(HookVerdict.Valid, HookSignature.CalCom(Call(("X-Cal-Signature-256", good)), ["second-secret", "first-secret"]));
        Assert.Equal(HookVerdict.Forged, HookSignature.CalCom(Call(("X-Cal-Signature-256", good)), ["second-secret"]));
        Assert.Equal(HookVerdict.Missing, HookSignature.CalCom(Call(), ["first-secret"]));
        Assert.Equal(HookVerdict.Missing, HookSignature.CalCom(Call(("X-Cal-Signature-256", good)), []));
    }

    [Fact]
    public void Calendly_IsHexOverTimeAndBody()
    {
        var seconds = At.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var header = $"t={seconds},v1={Convert.ToHexStringLower(HMACSHA256.HashData("first-secret"u8, Encoding.UTF8.GetBytes($"{seconds}.{Body}")))}";
        Assert.Equal(HookVerdict.Valid, HookSignature.Calendly(Call(("Calendly-Webhook-Signature", header)), ["first-secret"], At.AddMinutes(4)));
        Assert.Equal(HookVerdict.Stale, HookSignature.Calendly(Call(("Calendly-Webhook-Signature", header)), ["first-secret"], At.AddMinutes(6)));
        Assert.Equal(HookVerdict.Forged, HookSignature.Calendly(Call(("Calendly-Webhook-Signature", header)), ["other-secret"], At));
        Assert.Equal(HookVerdict.Malformed, HookSignature.Calendly(Call(("Calendly-Webhook-Signature", "v1=abc")), ["first-secret"], At));
    }

    [Fact]
    public void HubSpot_SignsTheAddressThatItCalled()
    {
        var milliseconds = At.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var signature = Convert.ToBase64String(HMACSHA256.HashData("client-secret"u8, Encoding.UTF8.GetBytes($"POSThttps://revops.example/hooks/hubspot{Body}{milliseconds}")));
        var call = Call(("X-HubSpot-Signature-v3", signature), ("X-HubSpot-Request-Timestamp", milliseconds));
        var behind = call with { Addresses = [new("https://revops.example/hooks/hubspot"), new("http://10.0.0.7:5080/hooks/hubspot")] };
        Assert.Equal(HookVerdict.Valid, HookSignature.HubSpot(behind, ["client-secret"], At.AddMinutes(5)));
        Assert.Equal(HookVerdict.Stale, HookSignature.HubSpot(behind, ["client-secret"], At.AddMinutes(5.1)));
        Assert.Equal(HookVerdict.Forged, HookSignature.HubSpot(call with { Addresses = [new("https://other.example/hooks/hubspot")] }, ["client-secret"], At));
        Assert.Equal(HookVerdict.Forged, HookSignature.HubSpot(behind with { Body = Encoding.UTF8.GetBytes(Body + " ") }, ["client-secret"], At));
    }

    [Theory]
    [InlineData("https://hooks.example.com/x", false, null)]
    [InlineData("http://hooks.example.com/x", true, "https")]
    [InlineData("https://127.0.0.1/x", false, "private")]
    [InlineData("https://localhost/x", false, "private")]
    [InlineData("http://localhost:9/x", true, null)]
    [InlineData("https://10.1.2.3/x", true, "private")]
    [InlineData("https://169.254.169.254/latest", true, "private")]
    [InlineData("https://[fd00::1]/x", true, "private")]
    [InlineData("https://user:pass@hooks.example.com/", true, "url")]
    [InlineData("ftp://hooks.example.com/", true, "https")]
    [InlineData("nonsense", true, "url")]
    public void Target_IsNeverOurOwnNetwork(string url, bool loopback, string? problem) => Assert.Equal(problem, new HookTargetRules(loopback).ProblemOf(url));

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("2a00:1450:4007::1", true)]
    [InlineData("192.168.1.1", false)]
    [InlineData("172.31.0.1", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("2002:0a00:0001::1", false)]
    [InlineData("64:ff9b::a00:1", false)]
    public void Address_IsPublicOrRefused(string address, bool allowed) => Assert.Equal(allowed, new HookTargetRules(AllowsLoopback: false).IsAllowed(IPAddress.Parse(address)));

    private static HookVerdict Standard(string signature, DateTimeOffset now) => HookSignature.Standard(StandardCall(signature), [SpecSecret], now);

    private static SignedCall StandardCall(string signature) => Call(("webhook-id", SpecId), ("webhook-timestamp", "1614265330"), ("webhook-signature", signature));

    private static SignedCall Call(params (string Name, string Value)[] headers) =>
        new("POST", [new("https://revops.example/hooks/x")], headers.ToDictionary(header => header.Name, header => header.Value, StringComparer.OrdinalIgnoreCase), Encoding.UTF8.GetBytes(Body));
}
