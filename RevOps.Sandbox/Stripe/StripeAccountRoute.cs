using System.Text.Json.Nodes;

namespace RevOps.Sandbox.Stripe;

/// <summary>The account itself. Stripe does not tell its numbering scheme over the API; the stand-in does, under <c>settings.invoices</c>.</summary>
internal static class StripeAccountRoute
{
    public const string ApiVersion = "2026-07-29.dahlia";
    public const string Name = "RevOps Sandbox";

    public static JsonObject Read(StripeCall call)
    {
        var options = call.Session.Options;
        return new JsonObject
        {
            ["id"] = "acct_sandbox",
            ["object"] = "account",
            ["business_profile"] = new JsonObject { ["name"] = Name },
            ["charges_enabled"] = true,
            ["country"] = "FR",
            ["default_currency"] = "eur",
            ["details_submitted"] = true,
            ["email"] = "sandbox@example.com",
            ["payouts_enabled"] = true,
            ["settings"] = new JsonObject
            {
                ["invoices"] = new JsonObject
                {
                    ["numbering"] = new JsonObject
                    {
                        ["scope"] = options.NumberPerCustomer ? "customer" : "account",
                        ["prefix"] = options.NumberPerCustomer ? null : options.InvoicePrefix,
                    },
                },
                ["payouts"] = new JsonObject { ["schedule"] = new JsonObject { ["interval"] = "daily" } },
            },
            ["type"] = "standard",
        };
    }
}
