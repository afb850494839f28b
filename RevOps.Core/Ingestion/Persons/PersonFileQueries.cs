using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Conversions;
using RevOps.Core.Data;
using RevOps.Core.People;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Ingestion.Persons;

/// <summary>How much of each kind is held of a person; <see cref="ExportPerson"/> gives it out.</summary>
public sealed class PersonFileQueries(IDbContextFactory<RevOpsDb> databases, Vault vault)
{
    public const int PageSize = 25;

    /// <summary>Null when there is nobody of this id.</summary>
    public async Task<PersonFile?> FindAsync(Guid personId, CancellationToken cancel = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await StandsAsync(db, personId, cancel) is not { } person)
            return null;
        var group = IdentityGraph.GroupOf(db, person.Id);
        return new()
        {
            Id = person.Id,
            ErasedAt = person.ErasedAt,
            Held = await HeldAsync(person, new(db, group), cancel),
            WaitingDrafts = await PeopleDesk.WaitingDrafts(db, person.Id).Select(invoice => invoice.Id).ToListAsync(cancel),
            IssuedInvoices = await db.Set<Invoice>().CountAsync(row => group.Contains(row.OwnerId) && row.IssuedAt != null, cancel),
            WaitingConversions = await db.Set<Conversion>().CountAsync(row => group.Contains(row.PersonId) && (row.Status == ConversionStatus.Queued || row.Status == ConversionStatus.Held), cancel),
            IsClient = await db.Set<Customer>().AnyAsync(row => group.Contains(row.PersonId) && row.OwnerId == DataKey.Company, cancel),
        };
    }

    /// <summary>A page of the answers of a person, newest first, with their proof for whoever may see it.</summary>
    public async Task<ConsentList> ConsentsAsync(Guid personId, bool clear, int page = 1, CancellationToken cancel = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var members = IdentityGraph.GroupOf(db, personId);
        var all = new PersonRows(db, members).Consents;
        return new(await ReadAsync(vault, InOrder(all).Skip((page - 1) * PageSize).Take(PageSize), members, clear, cancel), await all.CountAsync(cancel));
    }

    /// <summary>Newest first.</summary>
    internal static IQueryable<ConsentRecord> InOrder(IQueryable<ConsentRecord> records) => records.OrderByDescending(row => row.OccurredAt).ThenByDescending(row => row.Id);

    internal static async Task<IReadOnlyList<ConsentView>> ReadAsync(Vault vault, IQueryable<ConsentRecord> records, IQueryable<Guid> members, bool clear, CancellationToken cancel)
    {
        var views = new List<ConsentView>();
        foreach (var row in await records.AsNoTracking().Select(record => new { Said = record, IsOwn = members.Contains(record.PersonId) }).ToListAsync(cancel))
        {
            var said = row.Said;
            views.Add(new(said.Id, said.OccurredAt, said.RecordedAt, said.Measurement, said.Ads, said.Personalization, said.TextVersion, said.SealedProof is not null,
                clear ? await vault.OpenAsync(said.PersonId, said.Id, said.SealedProof, cancel) : null, !row.IsOwn));
        }

        return views;
    }

    internal static async Task<Person?> StandsAsync(RevOpsDb db, Guid personId, CancellationToken cancel) =>
        await (from self in db.Set<Person>() join canonical in db.Set<Person>() on self.CanonicalId equals canonical.Id where self.Id == personId select canonical).AsNoTracking().SingleOrDefaultAsync(cancel);

    private static async Task<IReadOnlyList<Held>> HeldAsync(Person person, PersonRows rows, CancellationToken cancel)
    {
        var held = new List<Held> { new(HeldKind.Contact, person.SealedContact is null ? 0 : 1, person.CreatedAt, person.LastSeenAt) };
        foreach (var (kind, instants) in Instants(rows))
        {
            var span = await instants.GroupBy(_ => 1).Select(all => new { Count = all.Count(), First = all.Min(), Last = all.Max() }).SingleOrDefaultAsync(cancel);
            held.Add(span is null ? new(kind, 0, null, null) : new(kind, span.Count, span.First, span.Last));
        }

        return held;
    }

    private static IEnumerable<(HeldKind Kind, IQueryable<DateTimeOffset> Instants)> Instants(PersonRows rows) =>
    [
        (HeldKind.Keys, rows.Keys.Select(row => row.FirstSeenAt)),
        (HeldKind.Consents, rows.Consents.Select(row => row.OccurredAt)),
        (HeldKind.Touches, rows.Touches.Select(row => row.OccurredAt)),
        (HeldKind.VoiceSessions, rows.VoiceSessions.Select(row => row.StartedAt)),
        (HeldKind.Readings, rows.Readings.Select(row => row.ReadAt!.Value)),
        (HeldKind.LeadStages, rows.LeadStages.Select(row => row.OccurredAt)),
        (HeldKind.Customers, rows.Customers.Select(row => row.DetailsAt)),
        (HeldKind.Bookings, rows.Bookings.Select(row => row.OccurredAt)),
        (HeldKind.Invoices, rows.Invoices.Select(row => row.OccurredAt)),
        (HeldKind.InvoiceLines, rows.LinedAt),
        (HeldKind.InvoiceEdits, rows.InvoiceEdits.Select(row => row.OccurredAt)),
        (HeldKind.CreditNotes, rows.CreditNotes.Select(row => row.OccurredAt)),
        (HeldKind.Payments, rows.Payments.Select(row => row.OccurredAt)),
        (HeldKind.BankLines, rows.BankedAt),
        (HeldKind.InvoiceNotes, rows.NotedAt),
        (HeldKind.Conversions, rows.Conversions.Select(row => row.OccurredAt)),
        (HeldKind.Messages, rows.Messages.Select(row => row.RecordedAt)),
        (HeldKind.Mails, rows.Mails.Select(row => row.RecordedAt)),
        (HeldKind.Deliveries, rows.Deliveries.Select(row => row.RecordedAt)),
        (HeldKind.Events, rows.Events.Select(row => row.OccurredAt)),
        (HeldKind.Merges, rows.Merges.Select(row => row.OccurredAt)),
        (HeldKind.Links, rows.Links.Select(row => row.LinkedAt)),
        (HeldKind.Changes, rows.Changes.Select(row => row.OccurredAt)),
    ];
}
