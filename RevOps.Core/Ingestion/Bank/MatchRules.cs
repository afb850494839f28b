using RevOps.Core.Billing;
using RevOps.Core.Receivables;
using RevOps.Core.Receivables.BankFiles;

namespace RevOps.Core.Ingestion.Bank;

/// <summary>What a line may be matched with: never more than it is, never more than is owed, and what is missing only within the limits.</summary>
public static class MatchRules
{
    /// <exception cref="MatchRefusedException">With a code that the page puts into words.</exception>
    public static void Check(BankLine line, IReadOnlyList<MatchPart> parts, IReadOnlyDictionary<Guid, Invoice> invoices, ReceivableRules rules)
    {
        Require(line.AmountMinor > 0, "outgoing");
        Require(parts.Count > 0, "nothing");
        Require(parts.Sum(part => part.Minor) is > 0 and var sum && line.MatchedMinor + sum <= line.AmountMinor, "tooMuch");
        foreach (var part in parts.Where(part => part.Kind != MatchKind.Payout))
            CheckInvoice(line, part, invoices);
        foreach (var of in parts.Where(part => part.InvoiceId is not null && part.Kind != MatchKind.Booked).GroupBy(part => part.InvoiceId!.Value))
            CheckSum(invoices[of.Key], [.. of], rules);
    }

    private static void CheckInvoice(BankLine line, MatchPart part, IReadOnlyDictionary<Guid, Invoice> invoices)
    {
        Require(part.InvoiceId is { } id && invoices.ContainsKey(id), "invoice");
        var invoice = invoices[part.InvoiceId!.Value];
        Require(invoice.IsIssued && invoice.Mode == line.Mode, "invoice");
        Require(invoice.Currency == line.Currency, "currency");
        Require(part.Kind is MatchKind.Fee or MatchKind.WriteOff ? part.Minor < 0 : part.Minor > 0, "amount");
    }

    private static void CheckSum(Invoice invoice, IReadOnlyList<MatchPart> parts, ReceivableRules rules)
    {
        var (pays, over, fee, off) = (Of(MatchKind.Invoice), Of(MatchKind.Overpayment), -Of(MatchKind.Fee), -Of(MatchKind.WriteOff));
        Require(pays <= Math.Max(0, invoice.Outstanding.Minor), "moreThanOwed");
        Require(over == 0 || pays == Math.Max(0, invoice.Outstanding.Minor), "overBeforePaid");

        // What is missing closes the invoice: it is no rebate on a part.
        Require(fee + off == 0 || (pays == invoice.Outstanding.Minor && pays > fee + off), "missingOpen");
        Require(fee <= rules.FeeLimitMinor, "feeLimit");
        Require(off <= rules.WriteOffLimitMinor, "writeOffLimit");

        long Of(MatchKind kind) => parts.Where(part => part.Kind == kind).Sum(part => part.Minor);
    }

    private static void Require(bool holds, string code)
    {
        if (!holds)
            throw new MatchRefusedException(code);
    }
}
