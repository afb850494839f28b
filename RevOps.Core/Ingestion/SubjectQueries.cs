using Microsoft.EntityFrameworkCore;
using RevOps.Core.Attribution;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Catalogue;
using RevOps.Core.Conversions;
using RevOps.Core.Data;
using RevOps.Core.Ingestion.Connectors;
using RevOps.Core.Ingestion.HooksOut;
using RevOps.Core.Identity;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Receivables;

namespace RevOps.Core.Ingestion;

/// <summary>A thing that an audit row or a job is about.</summary>
/// <param name="Type">Name of its entity type.</param>
/// <param name="Id">As it is stored there.</param>
public sealed record Subject(string Type, string Id);

/// <summary>
/// What the things are called that the audit and the jobs speak of: the number of an invoice, the reference of a booking, and never a personal
/// value. It stands here because it knows the things of every feature.
/// </summary>
public sealed class SubjectQueries(IDbContextFactory<RevOpsDb> databases)
{
    /// <summary>Names of those that have one.</summary>
    public async Task<IReadOnlyDictionary<Subject, string>> NamesAsync(IEnumerable<Subject> subjects, CancellationToken cancel = default)
    {
        var names = new Dictionary<Subject, string>();
        await using var db = await databases.CreateDbContextAsync(cancel);
        foreach (var group in subjects.Distinct().GroupBy(subject => subject.Type, StringComparer.Ordinal))
        {
            var ids = group.Select(subject => Guid.TryParse(subject.Id, out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty).ToList();
            foreach (var (id, name) in await NamesAsync(db, group.Key, ids, cancel))
            {
                if (name is { Length: > 0 })
                    names[new(group.Key, id.ToString())] = name;
            }
        }

        return names;
    }

    /// <summary>What a job works on; null where it is nothing that has a page, or is gone.</summary>
    public async Task<Subject?> OfJobAsync(string job, string argument, CancellationToken cancel = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var id = Guid.TryParse(argument, out var parsed) ? parsed : Guid.Empty;
        return job switch
        {
            nameof(DraftInvoice) or nameof(DropDraft) or nameof(SendInvoice) or nameof(AssessAgain) or nameof(ApproveByRule) => new(nameof(Invoice), argument),
            nameof(IssueCreditNote) => new(nameof(CreditNote), argument),
            nameof(TranslateDelivery) => new(nameof(HookDelivery), argument),
            nameof(SendHook) => new(nameof(OutgoingHook), argument),
            nameof(RefreshVatStatus) => new(nameof(Customer), argument),
            nameof(RefreshInvoice) => InvoiceOf(await db.Set<Invoice>().Where(row => row.StripeInvoiceId == argument).Select(row => (Guid?)row.Id).SingleOrDefaultAsync(cancel)),
            nameof(CreditTouches) => InvoiceOf(await db.Set<Payment>().Where(row => row.Id == id).Select(row => (Guid?)row.InvoiceId).SingleOrDefaultAsync(cancel)),
            _ => null,
        };
    }

    private static Subject? InvoiceOf(Guid? id) => id is { } known ? new(nameof(Invoice), known.ToString()) : null;

    private static async Task<IReadOnlyDictionary<Guid, string?>> NamesAsync(RevOpsDb db, string type, List<Guid> ids, CancellationToken cancel) => type switch
    {
        _ when ids.Count == 0 => new Dictionary<Guid, string?>(),
        nameof(Invoice) => await db.Set<Invoice>().Where(row => ids.Contains(row.Id)).Select(row => new { row.Id, Name = row.Number ?? row.Reference }).ToDictionaryAsync(row => row.Id, row => (string?)row.Name, cancel),
        nameof(CreditNote) => await db.Set<CreditNote>().Where(row => ids.Contains(row.Id)).Select(row => new { row.Id, row.Number }).ToDictionaryAsync(row => row.Id, row => row.Number, cancel),
        nameof(Booking) => await db.Set<Booking>().Where(row => ids.Contains(row.Id)).Select(row => new { row.Id, row.Reference }).ToDictionaryAsync(row => row.Id, row => (string?)row.Reference, cancel),
        nameof(Service) => await db.Set<Service>().Where(row => ids.Contains(row.Id)).Select(row => new { row.Id, row.Code }).ToDictionaryAsync(row => row.Id, row => (string?)row.Code, cancel),
        nameof(ApiKey) => await db.Set<ApiKey>().Where(row => ids.Contains(row.Id)).Select(row => new { row.Id, row.Name }).ToDictionaryAsync(row => row.Id, row => (string?)row.Name, cancel),
        nameof(HookDelivery) => await db.Set<HookDelivery>().Where(row => ids.Contains(row.Id)).Select(row => new { row.Id, row.Trigger }).ToDictionaryAsync(row => row.Id, row => (string?)row.Trigger, cancel),
        nameof(OutgoingHook) => await db.Set<OutgoingHook>().Where(row => ids.Contains(row.Id)).Select(row => new { row.Id, row.Type }).ToDictionaryAsync(row => row.Id, row => (string?)row.Type, cancel),
        nameof(HookSubscription) => await db.Set<HookSubscription>().Where(row => ids.Contains(row.Id)).Select(row => new { row.Id, row.Name }).ToDictionaryAsync(row => row.Id, row => (string?)row.Name, cancel),
        nameof(ReceivedEvent) => await db.Set<ReceivedEvent>().Where(row => ids.Contains(row.Id)).Select(row => new { row.Id, row.EventId }).ToDictionaryAsync(row => row.Id, row => (string?)row.EventId, cancel),
        nameof(User) => (await db.Users.Where(row => ids.Contains(row.Id)).Select(row => new { row.Id, row.Email }).ToListAsync(cancel)).ToDictionary(row => row.Id, row => row.Email?.Split('@')[0]),
        _ => new Dictionary<Guid, string?>(),
    };
}
