using System.Text.Json.Nodes;

namespace RevOps.Sandbox.Stripe;

/// <summary>The account itself. As at Stripe, it does not tell how invoices are numbered.</summary>
internal static class StripeAccountRoute
{
    public const string ApiVersion = "2026-07-29.dahlia";
    public const string Name = "RevOps Sandbox";

    public static JsonObject Read(StripeCall call)
    {
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
                ["payouts"] = new JsonObject { ["schedule"] = new JsonObject { ["interval"] = "daily" } },
            },
            ["type"] = "standard",
        };
    }
}
