using System.Text.Json.Nodes;

namespace RevOps.Sandbox.Stripe;

/// <summary>One movement of the account's money at Stripe; its parent is the payout that carried it to the bank, which has one itself.</summary>
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
    public string ReportingCategory => Type switch
    {
        "payment" => "charge",
        "adjustment" => Amount < 0 ? "dispute" : "dispute_reversal",
        "stripe_fee" => "fee",
        "payout_failure" => "payout_reversal",
        _ => Type,
    };
    public string? Source { get; init; }
    public string Status => Payout is null && !PaidOut ? "pending" : "available";
    public required string Type { get; init; }

    /// <summary>Stripe does not show it on the transaction; one asks with <c>?payout=</c>.</summary>
    public string? Payout { get; init; }

    /// <summary>It went with a payout that somebody asked for: of those Stripe keeps no list.</summary>
    public bool PaidOut { get; init; }
    string? IDocument.Parent => Payout;
}

internal static class Balance
{
    public const long DaySeconds = 86_400;

    public static JsonObject List(StripeCall call)
    {
        var payout = call.Form.Text("payout");
        if (payout is not null && !call.Session.Get<Payout>(payout, "payout", "payout").Automatic)
            throw StripeException.Invalid("payout", "Balance transaction history can only be filtered on automatic transfers, not manual.");
        return Listing.Page<BalanceTransaction>(call, "balance transaction", parent: payout, filters:
            [Listing.Field(call.Form, "type"), Listing.Field(call.Form, "source"), Listing.Field(call.Form, "currency")]);
    }

    public static JsonObject Read(StripeCall call) =>
        call.Session.Render(call.Session.Get<BalanceTransaction>(call.Id, "balance transaction"));

    /// <summary>A European card: 1.5 % and 25 cents.</summary>
    public static long Fee(long amount) => InvoiceMath.Round(amount * 0.015m) + 25;

    public static BalanceTransaction Add(StripeSession session, string type, string? source, long amount, long fee, string currency)
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

    /// <summary>What Stripe itself asks for: a month of a product that is not taken off single payments.</summary>
    public static JsonObject Charge(StripeSession session, FeeOrder order) =>
        session.Render(session.Put(Add(session, "stripe_fee", source: null, -order.Amount, fee: 0, order.Currency) with { Description = order.Description }));

    /// <summary>Left the balance with a payout; null: one of which Stripe keeps no list.</summary>
    public static BalanceTransaction Gone(BalanceTransaction transaction, string? payout) => transaction with { Payout = payout, PaidOut = true };

    public static JsonObject Render(BalanceTransaction transaction)
    {
        var view = StripeSession.Plain(transaction);
        view.Remove("payout");
        view.Remove("paid_out");
        return view;
    }

    public static long NextMidnight(long now) => (now / DaySeconds + 1) * DaySeconds;
}

internal sealed record FeeOrder(long Amount, string Currency = "eur", string Description = "Billing - Usage Fee");
