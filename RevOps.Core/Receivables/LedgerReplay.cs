namespace RevOps.Core.Receivables;

/// <summary>Invoices with everything that moved them, from which any evening can be told without asking again.</summary>
public sealed class LedgerReplay(IReadOnlyList<ReplayedInvoice> invoices)
{
    /// <summary>What was open, or overpaid, on an evening; the order of the events makes no difference.</summary>
    public List<OpenReceivable> OpenOn(DateOnly evening)
    {
        var open = new List<OpenReceivable>();
        foreach (var invoice in invoices)
        {
            if (invoice.IssuedOn <= evening && invoice.OpenOn(evening) is not 0 and var left)
                open.Add(new(invoice.Id, invoice.CustomerId, invoice.IssuedOn, invoice.DueOn, left));
        }

        return open;
    }
}

/// <param name="Moves">Days and amounts of payments, what went back (negative) and credit notes.</param>
public sealed record ReplayedInvoice(Guid Id, Guid CustomerId, DateOnly IssuedOn, DateOnly DueOn, long GrossMinor, IReadOnlyList<(DateOnly Day, long Minor)> Moves)
{
    public long OpenOn(DateOnly evening)
    {
        var left = GrossMinor;
        foreach (var (day, minor) in Moves)
            left -= day <= evening ? minor : 0;
        return left;
    }
}
