using RevOps.Core.Attribution;
using RevOps.Core.Attribution.Review;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Conversions;
using RevOps.Core.Data;
using RevOps.Core.Ingestion.Connectors;
using RevOps.Core.People;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Mail;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Platform.Secrets;
using RevOps.Core.Receivables;
using RevOps.Core.Receivables.BankFiles;

namespace RevOps.Core.Ingestion.Persons;

/// <summary>Whatever belongs to one of these people, by kind: counted on the page and given out by the same questions.</summary>
internal sealed class PersonRows(RevOpsDb db, IQueryable<Guid> members)
{
    public IQueryable<PersonKey> Keys => db.Set<PersonKey>().Where(row => members.Contains(row.PersonId));

    /// <summary>Those that count for them: a refusal on one of their browsers parts it from them and is theirs all the same.</summary>
    public IQueryable<ConsentRecord> Consents => ConsentState.RecordsOf(db, members);

    public IQueryable<Touch> Touches => db.Set<Touch>().Where(row => members.Contains(row.PersonId));

    public IQueryable<VoiceSession> VoiceSessions => db.Set<VoiceSession>().Where(row => members.Contains(row.PersonId));

    /// <summary>What a reader found in their conversations.</summary>
    public IQueryable<BantReading> Readings =>
        from reading in db.Set<BantReading>() join session in db.Set<VoiceSession>() on reading.SessionId equals session.Id where reading.ReadAt != null && members.Contains(session.PersonId) select reading;

    public IQueryable<LeadStageRecord> LeadStages => db.Set<LeadStageRecord>().Where(row => members.Contains(row.PersonId));

    public IQueryable<Customer> Customers => db.Set<Customer>().Where(row => members.Contains(row.PersonId) || members.Contains(row.OwnerId));

    public IQueryable<Booking> Bookings => db.Set<Booking>().Where(row => members.Contains(row.PersonId));

    public IQueryable<Invoice> Invoices => db.Set<Invoice>().Where(row => members.Contains(row.PersonId) || members.Contains(row.OwnerId));

    /// <summary>Of every version of a draft: none is ever deleted.</summary>
    public IQueryable<InvoiceLine> InvoiceLines => from line in db.Set<InvoiceLine>() join invoice in Invoices on line.InvoiceId equals invoice.Id select line;

    public IQueryable<DateTimeOffset> LinedAt => from line in db.Set<InvoiceLine>() join invoice in Invoices on line.InvoiceId equals invoice.Id select invoice.OccurredAt;

    public IQueryable<InvoiceEdit> InvoiceEdits => from edit in db.Set<InvoiceEdit>() join invoice in Invoices on edit.InvoiceId equals invoice.Id select edit;

    public IQueryable<CreditNote> CreditNotes => from note in db.Set<CreditNote>() join invoice in Invoices on note.InvoiceId equals invoice.Id select note;

    public IQueryable<Payment> Payments => from payment in db.Set<Payment>() join invoice in Invoices on payment.InvoiceId equals invoice.Id select payment;

    /// <summary>By which they paid what they owed as a private person; a company's lines are the company's.</summary>
    public IQueryable<BankLine> BankLines =>
        from line in db.Set<BankLine>()
        where db.Set<BankMatch>().Any(match => match.LineId == line.Id && Own.Any(invoice => invoice.Id == match.InvoiceId))
        select line;

    public IQueryable<DateTimeOffset> BankedAt => from line in BankLines join file in db.Set<BankFile>() on line.FileId equals file.Id select file.RecordedAt;

    /// <summary>What the house wrote beside their own invoices.</summary>
    public IQueryable<InvoiceComment> Comments => from comment in db.Set<InvoiceComment>() join invoice in Own on comment.InvoiceId equals invoice.Id select comment;

    public IQueryable<InvoiceDispute> Disputes => from dispute in db.Set<InvoiceDispute>() join invoice in Own on dispute.InvoiceId equals invoice.Id select dispute;

    public IQueryable<InvoiceDecision> Refusals => from decision in db.Set<InvoiceDecision>() join invoice in Own on decision.InvoiceId equals invoice.Id where decision.SealedReason != null select decision;

    public IQueryable<DateTimeOffset> NotedAt => Comments.Select(row => row.OccurredAt).Concat(Disputes.Select(row => row.OpenedAt)).Concat(Refusals.Select(row => row.OccurredAt));

    public IQueryable<Conversion> Conversions => db.Set<Conversion>().Where(row => members.Contains(row.PersonId));

    public IQueryable<OutsideEffect> Messages => db.Set<OutsideEffect>().Where(row => members.Contains(row.OwnerId));

    public IQueryable<StoredMail> Mails => db.Set<StoredMail>().Where(row => members.Contains(row.OwnerId));

    public IQueryable<HookDelivery> Deliveries => db.Set<HookDelivery>().Where(row => members.Contains(row.OwnerId));

    public IQueryable<ReceivedEvent> Events => db.Set<ReceivedEvent>().Where(row => members.Contains(row.OwnerId));

    public IQueryable<PersonAlias> Merges => db.Set<PersonAlias>().Where(row => members.Contains(row.PersonId) || members.Contains(row.CanonicalId));

    public IQueryable<SamePerson> Links => db.Set<SamePerson>().Where(row => members.Contains(row.PersonId) || members.Contains(row.OtherId));

    /// <summary>What somebody changed of their values by hand; everything else of the audit names nobody.</summary>
    public IQueryable<AuditEntry> Changes => db.Set<AuditEntry>().Where(row => members.Contains(row.OwnerId));

    /// <summary>To them as a private person.</summary>
    private IQueryable<Invoice> Own => db.Set<Invoice>().Where(row => members.Contains(row.OwnerId));
}
