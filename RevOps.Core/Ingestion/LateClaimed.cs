using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Receivables;
using RevOps.Core.Receivables.Lateness;

namespace RevOps.Core.Ingestion;

/// <summary>Finance claims what a late invoice costs: an invoice of its own is drafted, and goes the same way as every other.</summary>
/// <param name="InvoiceId">The late one.</param>
/// <param name="From">First day of the interest, as it was seen; so with all of these.</param>
/// <param name="InterestMinor">In minor units of the late invoice's currency.</param>
public sealed record LateClaimed(Guid InvoiceId, DateOnly From, DateOnly Until, long InterestMinor, long IndemnityMinor, Guid UserId) : IncomingEvent
{
    public const string Type = "revops.internal.late_claimed";

    /// <exception cref="DecisionTakenException">Somebody else claimed it, a payment came, or a rate changed since it was seen.</exception>
    public override async Task<EventFate> ApplyAsync(Reception reception)
    {
        var (db, cancel) = (reception.Db, reception.Cancel);
        var late = await db.Set<Invoice>().AsNoTracking().SingleAsync(row => row.Id == InvoiceId && row.IssuedOn != null, cancel);
        var cost = (await LateCosts.OfAsync(db, [late], reception.Company.DayOf, reception.Company.DayOf(reception.Now), cancel))[late.Id];
        if (cost.Bar is not null || cost.ClaimDays != (From, Until) || (cost.Claimable.Minor, cost.ClaimableIndemnityMinor) != (InterestMinor, IndemnityMinor))
            throw new DecisionTakenException();
        var customer = await db.Set<Customer>().SingleAsync(row => row.Id == late.CustomerId, cancel);
        var language = ReminderWords.LanguageOf((await customer.OpenAsync(reception.Vault, cancel))?.Address?.Country, reception.Company.Country);
        var claim = await DraftAsync(reception, late, customer, cost, language);
        await ForgetRefusedAsync(db, late.Id, cancel);
        db.Add(new LateClaim
        {
            Id = Guid.CreateVersion7(),
            InvoiceId = late.Id,
            ClaimInvoiceId = claim.Id,
            From = From,
            Until = Until,
            Currency = late.Currency,
            InterestMinor = InterestMinor,
            IndemnityMinor = IndemnityMinor,
            UserId = UserId,
            OccurredAt = reception.Event.OccurredAt,
        });
        await reception.Services.Audit.WriteAsync(db, new($"user:{UserId}", "invoice.lateClaimed", nameof(Invoice), late.Id.ToString())
        {
            After = new { Claim = claim.Id, claim.Reference, From, Until, InterestMinor, IndemnityMinor, late.Currency },
        }, cancel);
        return EventFate.Applied;
    }

    public override async Task<Guid?> OwnerAsync(RevOpsDb db, CancellationToken cancel) =>
        await (from invoice in db.Set<Invoice>() join customer in db.Set<Customer>() on invoice.CustomerId equals customer.Id where invoice.Id == InvoiceId select (Guid?)customer.OwnerId).SingleOrDefaultAsync(cancel);

    public override IEnumerable<string> WouldDo() => ["Draft an invoice that claims late interest and the indemnity"];

    private async Task<Invoice> DraftAsync(Reception reception, Invoice late, Customer customer, LateCost cost, string language)
    {
        var (db, number) = (reception.Db, late.Number ?? late.Reference);
        var claim = new Invoice
        {
            Id = reception.Event.Id,
            Origin = InvoiceOrigin.LateClaim,
            Reference = ClaimWords.Reference(number, language),
            CustomerId = customer.Id,
            PersonId = customer.PersonId,
            Mode = late.Mode,
            Currency = late.Currency,
            OccurredAt = reception.Event.OccurredAt,
            RecordedAt = reception.Event.RecordedAt,
            CompanyVersionId = reception.Company.Id,
            OwnerId = customer.OwnerId,
            MakerId = UserId,
        };
        claim.EditId = await DraftEdits.AddAsync(reception, claim, UserId, ClaimWords.Content(number, cost, late.Currency, language), sent: null);
        db.Add(claim);
        db.Enqueue<DraftInvoice>(claim.Id.ToString(), reception.Now, key: $"{claim.Id}/v1", lane: $"customer:{customer.Id}");
        return claim;
    }

    /// <summary>A claim that was refused or voided gives its days back; what it was stands in the audit.</summary>
    private static async Task ForgetRefusedAsync(RevOpsDb db, Guid invoiceId, CancellationToken cancel)
    {
        var refused = (await LateCosts.ClaimsOf(db, [invoiceId]).ToListAsync(cancel)).Where(row => !LateCosts.Stands(row.Status)).Select(row => row.Claim).ToList();
        if (refused.Count == 0)
            return;
        db.RemoveRange(refused);

        // The days are unique: those of the old claim have to be gone before the new one is there.
        await db.SaveChangesAsync(cancel);
    }
}
