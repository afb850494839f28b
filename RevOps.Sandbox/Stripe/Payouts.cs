using System.Text.Json.Nodes;

namespace RevOps.Sandbox.Stripe;

internal sealed record Payout(string Id, long Created, long Amount, long ArrivalDate, string Currency, string Status) : IDocument
{
    public string Object => "payout";
    public bool Automatic => true;
    public string? Description => "STRIPE PAYOUT";
    public bool Livemode => false;
    public string Method => "standard";
    public string ReconciliationStatus => Status == "paid" ? "completed" : "in_progress";
    public string SourceType => "card";
    public string Type => "bank_account";
}

/// <summary>Once a day all that has come in goes to the bank: the nets of the carried transactions add up to the payout.</summary>
internal static class Payouts
{
    public static JsonObject List(StripeCall call) =>
        Listing.Page<Payout>(call, "payout", filters: Listing.Field(call.Form, "status"));

    public static JsonObject Read(StripeCall call) => call.Session.Render(call.Session.Get<Payout>(call.Id, "payout"));

    public static IReadOnlyList<Payout> Make(StripeSession session)
    {
        var made = new List<Payout>();
        foreach (var waiting in session.Documents.Where<BalanceTransaction>(Filter.Field("status", "pending")).GroupBy(t => t.Currency))
        {
            // More refunds than takings: nothing to pay out until new money outweighs them.
            if (waiting.Sum(t => t.Net) is > 0 and var amount)
                made.Add(Carry(session, [.. waiting], amount));
            else
                Deadlines.Set(session, "payout", "daily", Balance.NextMidnight(session.Now));
        }
        return made;
    }

    private static Payout Carry(StripeSession session, IReadOnlyList<BalanceTransaction> transactions, long amount)
    {
        var payout = new Payout(Wire.NewId("po_"), session.Now, amount, session.Now, transactions[0].Currency, "in_transit");
        foreach (var transaction in transactions)
            session.Put(transaction with { Payout = payout.Id });
        session.Put(payout, "payout.created");
        var paid = session.Put(payout with { Status = "paid" }, "payout.paid");
        session.Emit("payout.reconciliation_completed", paid);
        return paid;
    }
}
