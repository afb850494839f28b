using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;
using RevOps.Core.Attribution;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Ingestion.HooksOut;

/// <summary>
/// Writes the messages to other systems into the very commit that changes what they tell of, wherever in the product that happens: an invoice
/// becomes ready, is held, issued, paid or credited in a dozen places, and none of them has to think of it.
/// </summary>
public sealed class TellSubscribers(TimeProvider clock) : SaveChangesInterceptor
{
    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is RevOpsDb db && FactsOf(db) is { Count: > 0 } facts)
            await TellAsync(db, facts, cancellationToken);
        return result;
    }

    /// <summary>One message to one subscription, with its work; the caller saves.</summary>
    internal static void Add(RevOpsDb db, Guid subscription, string type, Guid subject, JsonObject data, DateTimeOffset now)
    {
        var body = new JsonObject { ["type"] = type, ["timestamp"] = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture), ["data"] = data };
        var hook = new OutgoingHook
        {
            Id = Guid.CreateVersion7(),
            SubscriptionId = subscription,
            Type = type,
            SubjectId = subject,
            Body = body.ToJsonString(),
            OccurredAt = now,
            RecordedAt = TimeProvider.System.GetUtcNow(),
        };
        db.Add(hook);

        // One address, one after the other: a slow one holds up nobody else.
        db.Enqueue<SendHook>(hook.Id.ToString(), now, lane: $"hookout:{subscription:N}");
    }

    private static List<Fact> FactsOf(RevOpsDb db)
    {
        var facts = new List<Fact>();
        foreach (var entry in db.ChangeTracker.Entries())
        {
            if (entry.State is not (EntityState.Added or EntityState.Modified))
                continue;
            switch (entry.Entity)
            {
                case Invoice { IsHistory: false } invoice:
                    facts.AddRange(TypesOf(entry, invoice).Select(type => new Fact(type, invoice.Id, Invoice: invoice)));
                    break;
                case CreditNote { Status: CreditNoteStatus.Issued } note when Before<CreditNoteStatus>(entry, nameof(CreditNote.Status)) != CreditNoteStatus.Issued:
                    facts.Add(new(HookTypes.Credited, note.Id, Note: note));
                    break;
                case LeadStageRecord { Stage: "qualified" } stage when entry.State == EntityState.Added:
                    facts.Add(new(HookTypes.Qualified, stage.PersonId, Stage: stage));
                    break;
                case VoiceSession { Qualified: true } session when Before<bool>(entry, nameof(VoiceSession.Qualified)) != true:
                    facts.Add(new(HookTypes.Qualified, session.PersonId, Session: session));
                    break;
            }
        }

        return facts;
    }

    private static IEnumerable<string> TypesOf(EntityEntry entry, Invoice invoice)
    {
        var before = Before<InvoiceStatus>(entry, nameof(Invoice.Status));
        var problemsBefore = entry.State == EntityState.Added ? "" : (string?)entry.OriginalValues[nameof(Invoice.Problems)] ?? "";
        if (invoice.Status == InvoiceStatus.ReadyForReview && before != InvoiceStatus.ReadyForReview)
            yield return HookTypes.Drafted;
        if (IsBlocked(invoice.Status, invoice.Problems) && !(before is { } was && IsBlocked(was, problemsBefore)))
            yield return HookTypes.Held;

        // What is paid at once was never open between two commits.
        if (invoice.Status is InvoiceStatus.Open or InvoiceStatus.Paid && before is InvoiceStatus.Approved or InvoiceStatus.ReadyForReview or InvoiceStatus.Drafting or InvoiceStatus.Held)
            yield return HookTypes.Issued;
        if (invoice.Status == InvoiceStatus.Paid && before != InvoiceStatus.Paid)
            yield return HookTypes.Paid;
    }

    private static bool IsBlocked(InvoiceStatus status, string problems) => status == InvoiceStatus.Held || (status == InvoiceStatus.ReadyForReview && problems.Length > 0);

    private static T? Before<T>(EntityEntry entry, string property) where T : struct => entry.State == EntityState.Added ? null : (T?)entry.OriginalValues[property];

    private async Task TellAsync(RevOpsDb db, List<Fact> facts, CancellationToken cancel)
    {
        var subscriptions = await db.Set<HookSubscription>().AsNoTracking().Where(row => row.IsEnabled).ToListAsync(cancel);
        if (subscriptions.Count == 0)
            return;
        var now = clock.GetUtcNow();

        // A save that failed and is tried again has its messages already.
        var added = db.ChangeTracker.Entries<OutgoingHook>().Where(entry => entry.State == EntityState.Added).Select(entry => (entry.Entity.Type, entry.Entity.SubjectId)).ToHashSet();
        foreach (var fact in facts.Where(fact => !added.Contains((fact.Type, fact.Subject))))
        {
            foreach (var subscription in subscriptions.Where(row => row.TypeList.Contains(fact.Type)))
                Add(db, subscription.Id, fact.Type, fact.Subject, await DataOfAsync(db, fact, cancel), now);
        }
    }

    private static async Task<JsonObject> DataOfAsync(RevOpsDb db, Fact fact, CancellationToken cancel) => fact switch
    {
        { Invoice: { } invoice } => await OfInvoiceAsync(db, invoice, cancel),
        { Note: { } note } => new()
        {
            ["creditNoteId"] = note.Id,
            ["number"] = note.Number,
            ["invoiceId"] = note.InvoiceId,
            ["customerId"] = note.CustomerId,
            ["reason"] = JsonNamingPolicy.CamelCase.ConvertName(note.Reason.ToString()),
            ["netMinor"] = note.NetMinor,
            ["taxMinor"] = note.TaxMinor,
            ["grossMinor"] = note.GrossMinor,
            ["currency"] = note.Currency,
            ["mode"] = ModeOf(note.Mode),
        },
        { Stage: { } stage } => new() { ["personId"] = stage.PersonId, ["stage"] = stage.Stage, ["valueMinor"] = stage.ValueMinor, ["currency"] = stage.Currency },
        { Session: { } session } => new() { ["personId"] = session.PersonId, ["stage"] = "qualified", ["voiceSessionId"] = session.SessionId },
        _ => [],
    };

    private static async Task<JsonObject> OfInvoiceAsync(RevOpsDb db, Invoice invoice, CancellationToken cancel)
    {
        var stored = await db.Set<Booking>().AsNoTracking().Where(booking => booking.InvoiceId == invoice.Id).Select(booking => new { booking.BookingId, booking.DealId }).ToListAsync(cancel);
        var local = db.Set<Booking>().Local.Where(booking => booking.InvoiceId == invoice.Id).Select(booking => new { booking.BookingId, booking.DealId });
        var bookings = stored.Concat(local).Distinct().ToList();
        return new()
        {
            ["invoiceId"] = invoice.Id,
            ["number"] = invoice.Number,
            ["reference"] = invoice.Reference,
            ["bookingIds"] = new JsonArray([.. bookings.Select(booking => booking.BookingId).OfType<string>().Order(StringComparer.Ordinal).Select(id => JsonValue.Create(id))]),
            ["dealIds"] = new JsonArray([.. bookings.Select(booking => booking.DealId).OfType<string>().Order(StringComparer.Ordinal).Select(id => JsonValue.Create(id))]),
            ["customerId"] = invoice.CustomerId,
            ["status"] = JsonNamingPolicy.CamelCase.ConvertName(invoice.Status.ToString()),
            ["problems"] = new JsonArray([.. invoice.ProblemList.Select(problem => JsonValue.Create(problem))]),
            ["netMinor"] = invoice.NetMinor,
            ["taxMinor"] = invoice.TaxMinor,
            ["grossMinor"] = invoice.GrossMinor,
            ["paidMinor"] = invoice.PaidMinor,
            ["currency"] = invoice.Currency,
            ["dueOn"] = invoice.DueOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["stripeInvoiceId"] = invoice.StripeInvoiceId,
            ["mode"] = ModeOf(invoice.Mode),
        };
    }

    private static string ModeOf(Mode mode) => JsonNamingPolicy.CamelCase.ConvertName(mode.ToString());

    private sealed record Fact(string Type, Guid Subject, Invoice? Invoice = null, CreditNote? Note = null, LeadStageRecord? Stage = null, VoiceSession? Session = null);
}
