using System.Text.Json.Nodes;

namespace RevOps.Sandbox.Stripe;

/// <summary>One movement of the account's money at Stripe; its parent is the payout that carried it to the bank.</summary>
internal sealed record BalanceTransaction : IDocument
{
    public required string Id { get; init; }
    public string Object => "balance_transaction";
    public required long Amount { get; init; }
    public required long AvailableOn { get; init; }
    public required long Created { get; init; }
    public required string Currency { get; init; }
    public string? Description { get; init; }
    public required long Fee { get; init; }
    public IReadOnlyList<JsonObject> FeeDetails => Fee == 0 ? [] :
        [new() { ["amount"] = Fee, ["currency"] = Currency, ["description"] = "Stripe processing fees", ["type"] = "stripe_fee" }];
    public bool Livemode => false;
    public long Net => Amount - Fee;
    public string ReportingCategory => Type;
    public required string Source { get; init; }
    public string Status => Payout is null ? "pending" : "available";
    public required string Type { get; init; }

    /// <summary>Stripe does not show it on the transaction; one asks with <c>?payout=</c>.</summary>
    public string? Payout { get; init; }
    string? IDocument.Parent => Payout;
}

internal static class Balance
{
    public const long DaySeconds = 86_400;

    public static JsonObject List(StripeCall call) => Listing.Page<BalanceTransaction>(call, "balance transaction", parent: call.Form.Text("payout"), filters:
        [Listing.Field(call.Form, "type"), Listing.Field(call.Form, "source"), Listing.Field(call.Form, "currency")]);

    public static JsonObject Read(StripeCall call) =>
        call.Session.Render(call.Session.Get<BalanceTransaction>(call.Id, "balance transaction"));

    /// <summary>A European card: 1.5 % and 25 cents.</summary>
    public static long Fee(long amount) => InvoiceMath.Round(amount * 0.015m) + 25;

    public static BalanceTransaction Add(StripeSession session, string type, string source, long amount, long fee, string currency)
    {
        var tomorrow = NextMidnight(session.Now);
        if (session.Documents.Find<Deadline>("payout:daily") is null)
            Deadlines.Set(session, "payout", "daily", tomorrow);
        return session.Put(new BalanceTransaction
        {
            Id = Wire.NewId("txn_"),
            Amount = amount,
            AvailableOn = tomorrow,
            Created = session.Now,
            Currency = currency,
            Fee = fee,
            Source = source,
            Type = type,
        });
    }

    public static JsonObject Render(BalanceTransaction transaction)
    {
        var view = StripeSession.Plain(transaction);
        view.Remove("payout");
        return view;
    }

    public static long NextMidnight(long now) => (now / DaySeconds + 1) * DaySeconds;
}
