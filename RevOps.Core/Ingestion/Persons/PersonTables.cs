using RevOps.Core.Attribution;
using RevOps.Core.Attribution.Review;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Conversions;
using RevOps.Core.Ingestion.Connectors;
using RevOps.Core.Ingestion.HooksOut;
using RevOps.Core.People;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Connections;
using RevOps.Core.Platform.Mail;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Platform.Secrets;
using RevOps.Core.Receivables;
using RevOps.Core.Receivables.BankFiles;

namespace RevOps.Core.Ingestion.Persons;

/// <summary>Every table that names a person or holds something sealed: where a person finds it in what they are given, or why not.</summary>
public static class PersonTables
{
    public static readonly IReadOnlyDictionary<Type, HeldKind> Given = new Dictionary<Type, HeldKind>
    {
        [typeof(Person)] = HeldKind.Contact,
        [typeof(PersonKey)] = HeldKind.Keys,
        [typeof(IdentityKey)] = HeldKind.Keys,
        [typeof(ConsentRecord)] = HeldKind.Consents,
        [typeof(Touch)] = HeldKind.Touches,
        [typeof(VoiceSession)] = HeldKind.VoiceSessions,
        [typeof(BantReading)] = HeldKind.Readings,
        [typeof(LeadStageRecord)] = HeldKind.LeadStages,
        [typeof(Customer)] = HeldKind.Customers,
        [typeof(Booking)] = HeldKind.Bookings,
        [typeof(Invoice)] = HeldKind.Invoices,
        [typeof(InvoiceLine)] = HeldKind.InvoiceLines,
        [typeof(InvoiceEdit)] = HeldKind.InvoiceEdits,
        [typeof(CreditNote)] = HeldKind.CreditNotes,
        [typeof(BankLine)] = HeldKind.BankLines,
        [typeof(InvoiceComment)] = HeldKind.InvoiceNotes,
        [typeof(InvoiceDecision)] = HeldKind.InvoiceNotes,
        [typeof(InvoiceDispute)] = HeldKind.InvoiceNotes,
        [typeof(Conversion)] = HeldKind.Conversions,
        [typeof(OutsideEffect)] = HeldKind.Messages,
        [typeof(StoredMail)] = HeldKind.Mails,
        [typeof(HookDelivery)] = HeldKind.Deliveries,
        [typeof(ReceivedEvent)] = HeldKind.Events,
        [typeof(PersonAlias)] = HeldKind.Merges,
        [typeof(SamePerson)] = HeldKind.Links,
        [typeof(AuditEntry)] = HeldKind.Changes,
    };

    public static readonly IReadOnlyDictionary<Type, string> LeftOut = new Dictionary<Type, string>
    {
        [typeof(PixelReport)] = "whether an ad platform's own pixel came through on a visit, which is given itself",
        [typeof(DataKey)] = "the key itself, which opens what is given and is no use to anybody outside",
        [typeof(BankAccount)] = "the company's own account",
        [typeof(ExceptionNote)] = "why a deal, an invoice and a payment do not agree, in the house's words; it hangs on a deal's id and not on a person",
        [typeof(HookSubscription)] = "the secret of another system",
        [typeof(HookAttempt)] = "what another system of the house answered",
        [typeof(ConnectionValue)] = "the house's access to a platform",
        [typeof(ConnectionCheck)] = "what a platform says of the house's account",
    };
}
