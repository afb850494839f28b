using System.Net.Http.Headers;
using System.Text.Json;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Connections;

namespace RevOps.Core.Billing.Stripe;

/// <summary>Stripe on the Connections page: what it needs, and whether it would take our calls.</summary>
public sealed class StripePlatform(StripeAccount account, IHttpClientFactory http) : IPlatformConnection
{
    public const string ApiKey = "Stripe:ApiKey";
    public const string WebhookSecret = "Stripe:WebhookSecret";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public string Name => "Stripe";

    public Mode? Mode => account.Connection?.Mode;

    public IReadOnlyList<ConnectionField> Fields { get; } =
    [
        new(ApiKey) { IsSecret = true, Check = CheckKey, Hint = ConnectionHint.Ending },
        new(WebhookSecret) { IsSecret = true, IsRequired = false, Check = text => HasShape(text, "whsec_") ? null : "stripe.webhookSecret", Hint = ConnectionHint.Ending },
    ];

    public bool IsLive(ConnectionField field, string value) => field.Name == ApiKey && value.Contains("_live_", StringComparison.Ordinal);

    /// <summary>
    /// The account, and the right to read invoices. A restricted key need not see the account; without invoices it is of no use.
    /// Past the rate and the circuit breaker, which may be what keeps other calls from being made.
    /// </summary>
    public async Task<CheckReport> CheckAsync(CancellationToken cancel)
    {
        if (account.Connection is not { } stripe)
            return new(CheckOutcome.NotConnected);
        try
        {
            var invoices = await AskAsync(stripe, "/v1/invoices?limit=100", cancel);
            if (!invoices.IsSuccess)
                return Failed(invoices);
            var numbering = StripeNumbering.Of(invoices.Read<StripeList<StripeInvoice>>().Data);
            var about = await AskAsync(stripe, "/v1/account", cancel);
            return about switch
            {
                { IsSuccess: true } => new(CheckOutcome.Works) { Facts = Facts(about.Body, numbering) },
                { Status: 403 } => new(CheckOutcome.Works) { Facts = new Dictionary<string, string>(StringComparer.Ordinal) { ["hidden"] = "account", ["numbering"] = numbering } },
                _ => Failed(about),
            };
        }
        catch (HttpRequestException)
        {
            return new(CheckOutcome.NoNetwork);
        }
        catch (TaskCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new(CheckOutcome.NoNetwork, "timeout");
        }
    }

    private async Task<StripeAnswer> AskAsync(StripeConnection stripe, string path, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(stripe.ApiBase, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", stripe.ApiKey);
        request.Headers.Add("Stripe-Version", StripeClient.ApiVersion);
        using var client = http.CreateClient(StripeClient.HttpName);
        client.Timeout = Patience;
        using var response = await client.SendAsync(request, cancel);
        return new((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancel), Replayed: false, RequestId: null);
    }

    private static CheckReport Failed(StripeAnswer answer)
    {
        var refused = StripeException.From(null, answer);
        return new(answer.Status switch
        {
            401 => CheckOutcome.WrongKey,
            403 => CheckOutcome.NoRights,
            429 or >= 500 => CheckOutcome.Failing,
            _ => CheckOutcome.Refused,
        }, refused.Code ?? refused.Type);
    }

    private static Dictionary<string, string> Facts(string body, string numbering)
    {
        var facts = new Dictionary<string, string>(StringComparer.Ordinal) { ["numbering"] = numbering };
        using var json = JsonDocument.Parse(body);
        var root = json.RootElement;
        Add("account", Text(root, "business_profile", "name") ?? Text(root, "settings", "dashboard", "display_name") ?? Text(root, "id"));
        Add("country", Text(root, "country"));
        Add("currency", Text(root, "default_currency")?.ToUpperInvariant());
        if (root.TryGetProperty("charges_enabled", out var charges) && charges.ValueKind is JsonValueKind.False)
            facts["charges"] = "off";
        return facts;

        void Add(string name, string? value)
        {
            if (value is { Length: > 0 })
                facts[name] = value;
        }
    }

    private static string? Text(JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind is not JsonValueKind.Object || !element.TryGetProperty(name, out element))
                return null;
        }

        return element.ValueKind is JsonValueKind.String ? element.GetString() : null;
    }

    private static string? CheckKey(string text) => text switch
    {
        _ when text.StartsWith("pk_", StringComparison.Ordinal) => "stripe.publishable",
        _ when HasShape(text, "sk_test_") || HasShape(text, "rk_test_") || HasShape(text, "sk_live_") || HasShape(text, "rk_live_") => null,
        _ => "stripe.apiKey",
    };

    private static bool HasShape(string text, string prefix) =>
        text.StartsWith(prefix, StringComparison.Ordinal) && text.Length > prefix.Length && text.All(sign => char.IsAsciiLetterOrDigit(sign) || sign == '_');
}
