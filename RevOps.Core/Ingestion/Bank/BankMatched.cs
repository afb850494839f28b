using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Receivables;
using RevOps.Core.Receivables.BankFiles;

namespace RevOps.Core.Ingestion.Bank;

/// <summary>What a part of a line is.</summary>
/// <param name="Minor">Of a fee or a write-off what is missing on the line, negative; else what of the line it takes.</param>
public sealed record MatchPart(MatchKind Kind, Guid? InvoiceId, Guid? PayoutId, long Minor)
{
    /// <summary>The payment that was booked before the bank told of it.</summary>
    public Guid? PaymentId { get; init; }
}

/// <summary>A line and all that it is matched with at once.</summary>
/// <param name="Rule">By which rule it was found; "hand" when nobody but a person did.</param>
/// <param name="Seen">What of the line was accounted for when it was looked at.</param>
public sealed record LineMatch(Guid LineId, string Rule, long Seen, IReadOnlyList<MatchPart> Parts)
{
    public const string ByHand = "hand";
}

/// <summary>Why lines are not matched as asked for: the code is put into words by the page.</summary>
public sealed class MatchRefusedException(string code) : Exception($"The line cannot be matched: {code}.")
{
    public string Code { get; } = code;
}

/// <summary>
/// Money on the company's account is said to be of invoices or payouts. An invoice is paid with it on the day of the bank; a payout is seen to
/// have arrived.
/// </summary>
/// <param name="UserId">Null: found by rule, and only what is sure.</param>
public sealed record BankMatched(IReadOnlyList<LineMatch> Lines, Guid? UserId) : IncomingEvent
{
    public const string Type = "revops.internal.bank_matched";

    /// <summary>For so long a match can be undone before Stripe is told of it.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    [JsonIgnore]
    private bool IsByRule => UserId is null;

    public override async Task<EventFate> ApplyAsync(Reception reception)
    {
        var rules = await ReceivableRules.CurrentAsync(reception.Db, reception.Cancel);
        var (lines, invoices) = await LoadAsync(reception);
        foreach (var match in Lines)
        {
            try
            {
                await MatchAsync(reception, match, lines, invoices, rules);
            }
            catch (MatchRefusedException) when (IsByRule)
            {
                // Another line of the file paid it, or somebody was faster: it stays for a person.
            }
        }

        return EventFate.Applied;
    }

    public override IEnumerable<string> WouldDo() => ["Book what came in at the bank"];

    /// <summary>All at once: a statement has thousands of lines.</summary>
    private async Task<(Dictionary<Guid, BankLine> Lines, Dictionary<Guid, Invoice> Invoices)> LoadAsync(Reception reception)
    {
        var (lines, invoices) = (Lines.Select(match => match.LineId).ToList(), Lines.SelectMany(match => match.Parts).Select(part => part.InvoiceId).OfType<Guid>().Distinct().ToList());
        return (await reception.Db.Set<BankLine>().Where(row => lines.Contains(row.Id)).ToDictionaryAsync(row => row.Id, reception.Cancel),
            await reception.Db.Set<Invoice>().Where(row => invoices.Contains(row.Id)).ToDictionaryAsync(row => row.Id, reception.Cancel));
    }

    private async Task MatchAsync(Reception reception, LineMatch match, Dictionary<Guid, BankLine> lines, Dictionary<Guid, Invoice> invoices, ReceivableRules rules)
    {
        var (db, cancel) = (reception.Db, reception.Cancel);
        var line = lines.GetValueOrDefault(match.LineId) ?? throw new MatchRefusedException("line");
        if (line.State is BankLineState.Matched or BankLineState.SetAside || line.MatchedMinor != match.Seen)
            throw new MatchRefusedException("outdated");
        MatchRules.Check(line, match.Parts, invoices, rules);
        foreach (var part in match.Parts.Where(part => part.Kind == MatchKind.Payout))
            await CheckPayoutAsync(reception, line, part);

        foreach (var part in match.Parts.Where(part => part.Kind == MatchKind.Booked))
            await CheckBookedAsync(reception, line, part);

        foreach (var part in match.Parts)
            await AddAsync(reception, line, part, match.Rule, part.InvoiceId is { } id ? invoices[id] : null);
        line.MatchedMinor += match.Parts.Sum(part => part.Minor);
        line.State = line.MatchedMinor == line.AmountMinor ? BankLineState.Matched : line.State;
        await reception.Services.Audit.WriteAsync(db, new(UserId is { } user ? $"user:{user}" : AuditTrail.System, "bank.matched", nameof(BankLine), line.Id.ToString())
        {
            After = new { match.Rule, line.AmountMinor, line.MatchedMinor, line.Currency, line.State, Parts = match.Parts.Select(part => new { part.Kind, part.InvoiceId, part.PayoutId, part.Minor }) },
        }, cancel);
    }

    private static async Task CheckPayoutAsync(Reception reception, BankLine line, MatchPart part)
    {
        var (db, cancel) = (reception.Db, reception.Cancel);
        var payout = await db.Set<Payout>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == part.PayoutId, cancel) ?? throw new MatchRefusedException("payout");
        if (payout.Mode != line.Mode || payout.Currency != line.Currency || payout.AmountMinor != part.Minor || part.Minor != line.AmountMinor)
            throw new MatchRefusedException("payoutAmount");
        if (db.ChangeTracker.Entries<BankMatch>().Any(entry => entry.Entity.PayoutId == payout.Id && entry.Entity.UndoneAt is null)
            || await db.Set<BankMatch>().AnyAsync(row => row.PayoutId == payout.Id && row.UndoneAt == null, cancel))
            throw new MatchRefusedException("payoutTaken");
    }

    /// <summary>One that is there, of this amount, and that no line stands behind yet.</summary>
    private static async Task CheckBookedAsync(Reception reception, BankLine line, MatchPart part)
    {
        var (db, cancel) = (reception.Db, reception.Cancel);
        var payment = await db.Set<Payment>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == part.PaymentId && row.InvoiceId == part.InvoiceId, cancel) ?? throw new MatchRefusedException("payment");
        if (payment.Kind != PaymentKind.Payment || payment.Mode != line.Mode || payment.Currency != line.Currency || payment.AmountMinor != part.Minor)
            throw new MatchRefusedException("payment");
        if (db.ChangeTracker.Entries<BankMatch>().Any(entry => entry.Entity.PaymentId == payment.Id && entry.Entity.UndoneAt is null)
            || await db.Set<BankMatch>().AnyAsync(row => row.PaymentId == payment.Id && row.UndoneAt == null, cancel))
            throw new MatchRefusedException("paymentTaken");
    }

    private async Task AddAsync(Reception reception, BankLine line, MatchPart part, string rule, Invoice? invoice)
    {
        var id = Guid.CreateVersion7();
        var pays = part.Kind is MatchKind.Invoice or MatchKind.Overpayment;
        var (statusBefore, paidAtBefore) = (invoice?.Status, invoice?.PaidAt);
        if (pays)
            await InvoicePaid.BookAsync(reception, invoice!, PaymentOf(reception, line, part, id));
        reception.Db.Add(new BankMatch
        {
            Id = id,
            LineId = line.Id,
            Kind = part.Kind,
            InvoiceId = part.InvoiceId,
            PayoutId = part.PayoutId,
            AmountMinor = part.Minor,
            PaymentId = pays ? id : part.PaymentId,
            StatusBefore = pays ? statusBefore : null,
            PaidAtBefore = pays ? paidAtBefore : null,
            Rule = rule,
            UserId = UserId,
            OccurredAt = reception.Event.OccurredAt,
        });

        // What is more than owed Stripe has no place for: it stays the client's with us.
        if (part.Kind == MatchKind.Invoice && invoice!.StripeInvoiceId is { } stripeId)
            reception.Db.Enqueue<TellStripeOfTransfer>(id.ToString(), reception.Now + Grace, lane: $"stripe:{stripeId}");
    }

    private static Payment PaymentOf(Reception reception, BankLine line, MatchPart part, Guid id)
    {
        // Banks tell days: noon is within them in every zone.
        var noon = reception.Company.StartOf(line.BookedOn).AddHours(12);
        return new()
        {
            Id = id,
            InvoiceId = part.InvoiceId!.Value,
            StripePaymentId = PaymentIdOf(id),
            Mode = line.Mode,
            Currency = line.Currency,
            AmountMinor = part.Minor,
            OccurredAt = noon < reception.Now ? noon : reception.Now,
            RecordedAt = reception.Event.RecordedAt,
        };
    }

    /// <summary>It is no payment of Stripe's.</summary>
    private static string PaymentIdOf(Guid matchId) => $"bank/{matchId}";
}
