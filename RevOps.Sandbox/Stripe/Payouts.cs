using System.Text.Json.Nodes;

namespace RevOps.Sandbox.Stripe;

internal sealed record Payout : IDocument
{
    public required string Id { get; init; }
    public string Object => "payout";
    public required long Amount { get; init; }
    public required long ArrivalDate { get; init; }

    /// <summary>By the account's schedule; else somebody asked for it, and Stripe does not say what it carried.</summary>
    public bool Automatic { get; init; } = true;

    public required string BalanceTransaction { get; init; }
    public required long Created { get; init; }
    public required string Currency { get; init; }
    public string? Description => "STRIPE PAYOUT";
    public string? FailureBalanceTransaction { get; init; }
    public string? FailureCode { get; init; }
    public string? FailureMessage { get; init; }
    public bool Livemode => false;
    public string Method => "standard";
    public string ReconciliationStatus => !Automatic ? "not_applicable" : Status == "in_transit" ? "in_progress" : "completed";
    public string SourceType => "card";
    public required string Status { get; init; }
    public string Type => "bank_account";
}

/// <summary>Once a day all that has come in goes to the bank: the nets of the carried transactions add up to the payout.</summary>
internal static class Payouts
{
    public static JsonObject List(StripeCall call) =>
        Listing.Page<Payout>(call, "payout", filters: Listing.Field(call.Form, "status"));

    public static JsonObject Read(StripeCall call) => call.Session.Render(call.Session.Get<Payout>(call.Id, "payout"));

    public static IReadOnlyList<Payout> Make(StripeSession session, bool automatic = true)
    {
        var made = new List<Payout>();
        foreach (var waiting in session.Documents.Where<BalanceTransaction>(Filter.Field("status", "pending")).GroupBy(t => t.Currency))
        {
            // More refunds than takings: nothing to pay out until new money outweighs them.
            if (waiting.Sum(t => t.Net) is > 0 and var amount)
                made.Add(Carry(session, [.. waiting], amount, automatic));
            else
                Deadlines.Set(session, "payout", "daily", Balance.NextMidnight(session.Now));
        }
        return made;
    }

    /// <summary>The company's bank sends it back, days later: the money is in the balance again, for the next payout.</summary>
    public static JsonObject Fail(StripeSession session, string id)
    {
        var payout = session.Get<Payout>(id, "payout");
        if (payout.Status is not ("paid" or "in_transit"))
            throw StripeException.NotNow($"The payout is {payout.Status}.", code: null);
        var back = Balance.Add(session, "payout_failure", payout.Id, payout.Amount, fee: 0, payout.Currency);
        return session.Render(session.Put(payout with
        {
            FailureBalanceTransaction = back.Id,
            FailureCode = "account_closed",
            FailureMessage = "The bank account has been closed.",
            Status = "failed",
        }, "payout.failed", session.Render(payout)));
    }

    private static Payout Carry(StripeSession session, IReadOnlyList<BalanceTransaction> transactions, long amount, bool automatic)
    {
        var (id, own) = (Wire.NewId("po_"), Wire.NewId("txn_"));
        foreach (var transaction in transactions)
            session.Put(Balance.Gone(transaction, automatic ? id : null));
        session.Put(Balance.Gone(new BalanceTransaction
        {
            Id = own,
            Amount = -amount,
            AvailableOn = session.Now,
            Created = session.Now,
            Currency = transactions[0].Currency,
            Description = "STRIPE PAYOUT",
            Fee = 0,
            Source = id,
            Type = "payout",
        }, automatic ? id : null));
        var payout = new Payout
        {
            Id = id,
            Amount = amount,
            ArrivalDate = session.Now,
            Automatic = automatic,
            BalanceTransaction = own,
            Created = session.Now,
            Currency = transactions[0].Currency,
            Status = "in_transit",
        };
        session.Put(payout, "payout.created");
        var paid = session.Put(payout with { Status = "paid" }, "payout.paid");
        if (automatic)
            session.Emit("payout.reconciliation_completed", paid);
        return paid;
    }
}
