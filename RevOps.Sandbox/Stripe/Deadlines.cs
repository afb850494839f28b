namespace RevOps.Sandbox.Stripe;

/// <summary>Something that the clock brings about: a tax id verified, a draft finalised by Stripe itself, a payout.</summary>
internal sealed record Deadline(string Id, long Created, string What, string Target) : IDocument;

internal static class Deadlines
{
    public static void Set(StripeSession session, string what, string target, long due) =>
        session.Documents.Put(new Deadline($"{what}:{target}", due, what, target));

    public static void Run(StripeSession session)
    {
        foreach (var due in session.Documents.Where<Deadline>(Filter.Created("<=", session.Now)))
        {
            session.Documents.Remove<Deadline>(due.Id);
            switch (due.What)
            {
                case "tax_id":
                    TaxIds.Verify(session, due.Target);
                    break;
                case "auto_advance":
                    InvoiceActions.AdvanceByItself(session, due.Target);
                    break;
                case "payout":
                    Payouts.Make(session);
                    break;
            }
        }
    }
}
