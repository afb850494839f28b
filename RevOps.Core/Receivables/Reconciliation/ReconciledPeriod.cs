namespace RevOps.Core.Receivables.Reconciliation;

/// <summary>
/// The two-way ledger of a period: every won deal to exactly one complete chain of invoices of equal net amount, and every invoice to a deal;
/// every credit of the bank to what it paid, and every payout to the bank. Pure.
/// </summary>
/// <param name="Rows">Deals, invoices without one, credits of the bank, payouts; each by its day.</param>
/// <param name="Crm">Won deals that agree, of all, of the sales that the CRM has not won and of the invoices without a deal; null while the CRM's list does not cover the period.</param>
/// <param name="Invoicing">Sales with exactly one complete chain, of all that are due.</param>
/// <param name="Cash">Invoices of which something was paid, and all of it was seen at the bank, of those whose days its statements cover.</param>
/// <param name="Bank">Credits of the bank that are accounted for to the cent, of all.</param>
/// <param name="Payouts">Payouts that were seen at the bank and add up, of all that arrived.</param>
public sealed record ReconciledPeriod(IReadOnlyList<Reconciled> Rows, MatchShare? Crm, MatchShare Invoicing, MatchShare Cash, MatchShare Bank, MatchShare Payouts)
{
    /// <summary>Stripe's payouts and the bank's days may lie so far apart before one is missing.</summary>
    public const int DaysOnTheWay = 5;

    /// <summary>A sale is drafted within seconds; Finance approves it within days.</summary>
    public const int DaysToInvoice = 5;

    /// <summary>From the client's payment over Stripe's payout to the bank.</summary>
    public const int DaysToBank = 10;

    public IEnumerable<Reconciled> Exceptions => Rows.Where(row => row.IsException);

    public static ReconciledPeriod Of(ReconciliationFacts facts)
    {
        var invoices = facts.Invoices.ToLookup(invoice => invoice.BookingId);
        var won = facts.Won?.ToDictionary(deal => deal.DealId, StringComparer.Ordinal);
        var received = facts.Sold.Concat(facts.SoldOutside).Where(sale => sale.DealId is not null).ToLookup(sale => sale.DealId!, StringComparer.Ordinal);

        // A deal belongs to the month in which the CRM won it; what it never had, to the day on which we received it.
        var own = facts.Sold.Where(sale => sale.DealId is null || won?.ContainsKey(sale.DealId) != false || !facts.WonOutside.Contains(sale.DealId));
        var outside = facts.SoldOutside.Where(sale => sale.DealId is not null && won?.ContainsKey(sale.DealId) == true);
        List<Reconciled> deals =
        [
            .. own.Concat(outside).Select(sale => OfSale(facts, sale, sale.DealId is { } id ? won?.GetValueOrDefault(id) : null, [.. invoices[sale.BookingId]])),
            .. (facts.Won ?? []).Where(deal => !received[deal.DealId].Any()).Select(NotReceived),
        ];
        var (loose, lines, payouts) = (facts.Loose.Select(invoice => OfLoose(facts, invoice)).ToList(), facts.Credits.Select(line => OfCredit(line)).ToList(), facts.PaidOut.Select(payout => OfPayout(facts, payout)).ToList());
        return new(
            [.. deals.Concat(loose).Concat(lines).Concat(payouts).OrderBy(row => row.Kind).ThenBy(row => row.Day).ThenBy(row => row.Subject, StringComparer.Ordinal)],
            facts.Won is null ? null : CrmShare(deals.FindAll(row => row.CrmMinor is not null || row.Problems.Contains("crm.notWon")), loose),
            SaleShare(deals.FindAll(row => row.SoldMinor is not null)),
            CashShare([.. deals.Concat(loose).Where(row => row.PaidMinor > 0)]),
            new(lines.Count(row => row.State == ReconciledState.Matched), lines.Count, lines.Sum(row => row.PaidMinor), lines.Sum(row => row.GrossMinor)),
            PayoutShare(payouts.FindAll(row => row.State != ReconciledState.UnderWay)));
    }

    private static Reconciled OfSale(ReconciliationFacts facts, Sold sale, WonDeal? won, IReadOnlyList<SoldInvoice> chain)
    {
        var issued = chain.Where(invoice => invoice.IsIssued).ToList();
        var ours = issued.Exists(invoice => !invoice.IsElsewhere);
        var net = issued.Where(invoice => invoice.IsElsewhere != ours).Sum(invoice => invoice.NetMinor);
        List<string> problems = [.. ProblemsOf(facts, sale, won, chain, issued, net), .. CashProblemsOf(facts, issued.Sum(invoice => invoice.GrossMinor), issued.Sum(invoice => invoice.PaidMinor), issued.Sum(invoice => invoice.SeenMinor), issued.Max(invoice => invoice.PaidOn))];
        var waits = issued.Count == 0 && problems is [var only] && only.StartsWith("invoice.", StringComparison.Ordinal) && facts.Today.DayNumber - sale.Day.DayNumber <= DaysToInvoice;
        return new(ReconciledKind.Deal, sale.Subject, sale.DealId ?? sale.Reference, sale.Day, waits ? ReconciledState.UnderWay : StateOf(problems), won?.NetMinor, sale.IsDue ? sale.NetMinor : 0, net,
            issued.Sum(invoice => invoice.GrossMinor), issued.Sum(invoice => invoice.PaidMinor), issued.Sum(invoice => invoice.SeenMinor), problems, [.. chain.Select(invoice => invoice.InvoiceId)]);
    }

    private static IEnumerable<string> ProblemsOf(ReconciliationFacts facts, Sold sale, WonDeal? won, IReadOnlyList<SoldInvoice> chain, List<SoldInvoice> issued, long net)
    {
        if (facts.Won is not null && won is null && sale.DealId is not null && sale.IsDue && sale.Day >= facts.From && sale.Day <= facts.To)
            yield return "crm.notWon";
        if (won is not null && won.NetMinor != (sale.IsDue ? sale.NetMinor : 0))
            yield return "crm.amount";
        if (sale.IsDue && issued.Count == 0)
            yield return chain.Count == 0 ? "invoice.none" : $"invoice.{chain[^1].State}";
        if (issued.Exists(invoice => invoice.IsElsewhere) && issued.Exists(invoice => !invoice.IsElsewhere && invoice.NetMinor != 0))
            yield return "invoice.twice";
        else if (issued.Count > 0 && net != (sale.IsDue ? sale.NetMinor : 0))
            yield return net > sale.NetMinor && net >= 2 * sale.NetMinor && sale.NetMinor > 0 ? "invoice.twice" : sale.IsDue ? "invoice.amount" : "invoice.notCredited";
    }

    /// <summary>Paid, and the bank would have shown it by now; or paid more than once.</summary>
    private static IEnumerable<string> CashProblemsOf(ReconciliationFacts facts, long gross, long paid, long seen, DateOnly? paidOn)
    {
        if (paidOn is { } day && seen < paid && facts.Statements is { } known && day >= known.From && day.AddDays(DaysToBank) <= known.To)
            yield return "cash.notSeen";
        if (paid > gross && paid > 0)
            yield return "cash.over";
    }

    private static ReconciledState StateOf(IReadOnlyList<string> problems) => problems.Count == 0 ? ReconciledState.Matched
        : problems.Contains("invoice.twice") ? ReconciledState.Doubled
        : problems.Any(problem => problem is "crm.amount" or "invoice.amount" or "invoice.notCredited" or "cash.over") ? ReconciledState.Different
        : ReconciledState.Missing;

    private static Reconciled NotReceived(WonDeal deal) =>
        new(ReconciledKind.Deal, $"deal/{deal.DealId}", deal.DealId, deal.WonOn, ReconciledState.Missing, deal.NetMinor, null, 0, 0, 0, 0, ["crm.notReceived"], []);

    private static Reconciled OfLoose(ReconciliationFacts facts, LooseInvoice invoice) =>
        new(ReconciledKind.Invoice, $"invoice/{invoice.InvoiceId}", invoice.Number, invoice.IssuedOn, ReconciledState.Missing, null, null, invoice.NetMinor, invoice.GrossMinor, invoice.PaidMinor, invoice.SeenMinor, ["invoice.noDeal", .. CashProblemsOf(facts, invoice.GrossMinor, invoice.PaidMinor, invoice.SeenMinor, invoice.PaidOn)], [invoice.InvoiceId]);

    /// <summary>What somebody set aside with a reason is accounted for: it is none of the clients'.</summary>
    private static Reconciled OfCredit(BankCredit line)
    {
        var done = line.IsAside ? line.AmountMinor : line.MatchedMinor;
        List<string> problems = done == line.AmountMinor ? [] : [line.MatchedMinor > 0 ? "line.part" : line.Reason is { } reason ? $"line.{reason}" : "line.open"];
        return new(ReconciledKind.BankLine, $"line/{line.LineId}", line.BookedOn.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), line.BookedOn, problems.Count == 0 ? ReconciledState.Matched : line.MatchedMinor > 0 ? ReconciledState.Different : ReconciledState.Missing,
            null, null, 0, line.AmountMinor, done, done, problems, []);
    }

    private static Reconciled OfPayout(ReconciliationFacts facts, PaidOut payout)
    {
        var problems = new List<string>();
        if (payout.PartsMinor is { } parts && parts != payout.AmountMinor)
            problems.Add("payout.parts");
        if (!payout.IsSeen)
            problems.Add("payout.notSeen");
        var state = problems.Contains("payout.parts") ? ReconciledState.Different : problems.Count == 0 ? ReconciledState.Matched
            : facts.Today.DayNumber - payout.ArrivesOn.DayNumber <= DaysOnTheWay ? ReconciledState.UnderWay : ReconciledState.Missing;
        return new(ReconciledKind.Payout, $"payout/{payout.StripeId}", payout.StripeId, payout.ArrivesOn, state, null, null, 0, payout.AmountMinor, payout.AmountMinor, payout.IsSeen ? payout.AmountMinor : 0, problems, [payout.PayoutId]);
    }

    /// <summary>What the bank has not shown yet is another question: see <see cref="Cash"/>.</summary>
    private static MatchShare CrmShare(List<Reconciled> won, List<Reconciled> loose)
    {
        var agreed = won.FindAll(row => row.State != ReconciledState.UnderWay && !row.Problems.Any(problem => !problem.StartsWith("cash.", StringComparison.Ordinal)));
        return new(agreed.Count, won.Count + loose.Count, agreed.Sum(row => row.CrmMinor!.Value), won.Sum(row => row.CrmMinor ?? row.SoldMinor ?? 0) + loose.Sum(row => row.InvoicedMinor));
    }

    private static MatchShare CashShare(List<Reconciled> paid)
    {
        var asked = paid.FindAll(row => row.SeenMinor >= row.PaidMinor || row.Problems.Contains("cash.notSeen"));
        return new(asked.Count(row => row.SeenMinor >= row.PaidMinor), asked.Count, asked.Sum(row => Math.Min(row.SeenMinor, row.PaidMinor)), asked.Sum(row => row.PaidMinor));
    }

    private static MatchShare SaleShare(List<Reconciled> sold)
    {
        var due = sold.FindAll(row => row.State != ReconciledState.UnderWay);
        var agreed = due.FindAll(row => !row.Problems.Any(problem => problem.StartsWith("invoice.", StringComparison.Ordinal)));
        return new(agreed.Count, due.Count, agreed.Sum(row => row.SoldMinor!.Value), due.Sum(row => row.SoldMinor!.Value));
    }

    private static MatchShare PayoutShare(List<Reconciled> arrived)
    {
        var seen = arrived.FindAll(row => row.State == ReconciledState.Matched);
        return new(seen.Count, arrived.Count, seen.Sum(row => row.GrossMinor), arrived.Sum(row => row.GrossMinor));
    }
}
