using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Bookings;
using RevOps.Core.Conversions;
using RevOps.Core.Data;
using RevOps.Core.Identity;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Ingestion;

/// <summary>Reads the proof of one invoice. It stands here because it crosses the features whose events meet here.</summary>
public sealed class InvoiceProofQueries(IDbContextFactory<RevOpsDb> databases, ActorNames names, Vault vault, AuditTrail audit)
{
    /// <returns>Null when there is no such invoice.</returns>
    public async Task<InvoiceProof?> OfAsync(Guid invoiceId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.Set<Invoice>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == invoiceId, cancel) is not { } invoice)
            return null;
        return new()
        {
            Id = invoice.Id,
            Name = invoice.Number ?? invoice.Reference,
            Status = invoice.Status,
            Mode = invoice.Mode,
            Origin = invoice.Origin,
            Gross = invoice.Gross,
            DraftVersion = invoice.DraftVersion,
            StripeInvoiceId = invoice.StripeInvoiceId,
            CheckedAt = invoice.CheckedAt,
            IsRecheckAsked = await RecheckInvoice.IsAskedAsync(db, invoice, cancel),
            Effects = await EffectsAsync(db, invoice, cancel),
            Decisions = await DecisionsAsync(db, invoiceId, cancel),
            Entries = await EntriesAsync(db, invoiceId, cancel),
        };
    }

    /// <summary>What was sent and answered. Before it is opened in clear it is written down who looked.</summary>
    /// <param name="invoiceId">Whose proof is looked at.</param>
    /// <param name="effectId">One of its effects.</param>
    /// <param name="actor">Who looks.</param>
    /// <param name="rights">What they may see in clear; the rest is masked.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <returns>Null when the invoice has no such effect.</returns>
    public async Task<ProofBody?> OpenAsync(Guid invoiceId, Guid effectId, string actor, ProofRights rights, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.Set<Invoice>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == invoiceId, cancel) is not { } invoice)
            return null;
        var subjects = (await SubjectsAsync(db, invoice, cancel)).Keys.ToList();
        if (await db.Set<OutsideEffect>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == effectId && subjects.Contains(row.SubjectId), cancel) is not { } effect)
            return null;

        var clear = effect.Target == StripeEffects.Target ? rights.Buyers : rights.Persons;
        if (clear)
            await audit.NoteRevealAsync(actor, nameof(OutsideEffect), effect.Id.ToString(), cancel);
        var body = await vault.OpenAsync(effect.OwnerId, effect.Id, effect.SealedBody, cancel);
        var answer = await vault.OpenAsync(effect.OwnerId, effect.Id, effect.SealedAnswer, cancel);
        return new(body is null ? null : FormBody.Show(body, clear), string.IsNullOrEmpty(answer) ? null : SentBody.ShowAnswer(answer, clear));
    }

    private static async Task<List<ProofEffect>> EffectsAsync(RevOpsDb db, Invoice invoice, CancellationToken cancel)
    {
        var subjects = await SubjectsAsync(db, invoice, cancel);
        var ids = subjects.Keys.ToList();
        var effects = await db.Set<OutsideEffect>().AsNoTracking().Where(row => ids.Contains(row.SubjectId)).OrderBy(row => row.RecordedAt).ThenBy(row => row.Id).ToListAsync(cancel);
        return effects.ConvertAll(effect => new ProofEffect(effect.Id, subjects[effect.SubjectId], effect.Target, effect.WireKey, effect.Generation, effect.Request, effect.State)
        {
            Attempts = effect.Attempts,
            FirstAttemptAt = effect.FirstAttemptAt,
            LastAttemptAt = effect.LastAttemptAt,
            HttpStatus = effect.HttpStatus,
            Error = effect.Error,
        });
    }

    /// <summary>The invoice, its customer, its credit notes, and what was told of it to the ad platforms.</summary>
    private static async Task<Dictionary<Guid, ProofSubject>> SubjectsAsync(RevOpsDb db, Invoice invoice, CancellationToken cancel)
    {
        List<Guid> sold = [invoice.Id, .. await db.Set<Booking>().Where(row => row.InvoiceId == invoice.Id).Select(row => row.Id).ToListAsync(cancel)];
        var subjects = new Dictionary<Guid, ProofSubject> { [invoice.Id] = ProofSubject.Invoice, [invoice.CustomerId] = ProofSubject.Customer };
        foreach (var note in await db.Set<CreditNote>().Where(row => row.InvoiceId == invoice.Id).Select(row => row.Id).ToListAsync(cancel))
            subjects[note] = ProofSubject.CreditNote;
        foreach (var conversion in await db.Set<Conversion>().Where(row => sold.Contains(row.SubjectId)).Select(row => row.Id).ToListAsync(cancel))
            subjects[conversion] = ProofSubject.Conversion;
        return subjects;
    }

    private async Task<List<ProofDecision>> DecisionsAsync(RevOpsDb db, Guid invoiceId, CancellationToken cancel)
    {
        var decisions = await db.Set<InvoiceDecision>().AsNoTracking().Where(row => row.InvoiceId == invoiceId).OrderBy(row => row.DraftVersion).ThenBy(row => row.Step).ToListAsync(cancel);
        var called = await names.OfAsync(decisions.Select(ActorOf), cancel);
        return decisions.ConvertAll(row => new ProofDecision(
            row.OccurredAt, row.DraftVersion, row.Step, row.Approved, row.UserId is null, called.GetValueOrDefault(ActorOf(row)), Convert.ToHexStringLower(row.ReviewHash)));
    }

    private static string ActorOf(InvoiceDecision decision) => $"user:{decision.UserId}";

    private async Task<List<ProofEntry>> EntriesAsync(RevOpsDb db, Guid invoiceId, CancellationToken cancel)
    {
        var id = invoiceId.ToString();
        var entries = await db.Set<AuditEntry>().AsNoTracking().Where(entry => entry.SubjectType == nameof(Invoice) && entry.SubjectId == id).OrderBy(entry => entry.Sequence).ToListAsync(cancel);
        var called = await names.OfAsync(entries.Select(entry => entry.Actor), cancel);
        return entries.ConvertAll(entry => new ProofEntry(
            new(entry.Sequence, entry.OccurredAt, new(entry.Actor, called.GetValueOrDefault(entry.Actor)), entry.Action, entry.SubjectType, entry.SubjectId),
            Convert.ToHexStringLower(entry.PreviousHash), Convert.ToHexStringLower(entry.Hash), entry.Hash.AsSpan().SequenceEqual(entry.ComputeHash())));
    }
}

/// <param name="Buyers">Who is invoiced, as it stands on the invoice.</param>
/// <param name="Persons">What an ad platform was told of a person.</param>
public sealed record ProofRights(bool Buyers, bool Persons);
