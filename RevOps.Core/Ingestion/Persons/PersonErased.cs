using Microsoft.EntityFrameworkCore;
using RevOps.Core.Attribution.Snapshots;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Conversions;
using RevOps.Core.Data;
using RevOps.Core.People;
using RevOps.Core.Platform.Mail;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Ingestion.Persons;

/// <summary>
/// Somebody asked to be forgotten. What was sealed under their keys can never be read again, wherever it lies; what they were recognised by
/// goes; what waits to be told is told to nobody. What the law keeps on an issued invoice is sealed anew under the company's key first.
/// </summary>
/// <param name="PersonId">Whoever stands for the group.</param>
/// <param name="UserId">Who carried it out.</param>
public sealed record PersonErased(Guid PersonId, Guid UserId) : IncomingEvent
{
    public const string Type = "revops.internal.person_erased";

    public override async Task<EventFate> ApplyAsync(Reception reception)
    {
        var (db, vault, cancel) = (reception.Db, reception.Vault, reception.Cancel);
        var members = await IdentityGraph.GroupOf(db, PersonId).ToListAsync(cancel);
        var kept = await KeepInvoicesAsync(reception, members);
        var cancelled = await CancelConversionsAsync(reception, members);
        var traces = await ContactTraces.OfAsync(db, vault, members, reception.Company.Country, cancel);
        await ForgetAtCompanies.RunAsync(reception, members, traces);
        db.RemoveRange(await StrayDeliveries.NamingAsync(db, vault, traces, cancel));
        await db.SaveChangesAsync(cancel);
        var theirs = await db.Set<PersonKey>().Where(seen => members.Contains(seen.PersonId)).Select(seen => seen.KeyId).Distinct().ToListAsync(cancel);
        var keys = await ForgetKeysAsync(db, members, theirs, cancel);

        // Signatures would recognise them, hashes of what they said would prove it.
        await db.Set<Person>().Where(person => members.Contains(person.Id)).ExecuteUpdateAsync(set => set
            .SetProperty(person => person.Signature, (byte[]?)null).SetProperty(person => person.SealedOwn, (byte[]?)null).SetProperty(person => person.SealedContact, (byte[]?)null)
            .SetProperty(person => person.OwnCountry, (string?)null).SetProperty(person => person.OwnCountryAt, (DateTimeOffset?)null)
            .SetProperty(person => person.Identified, false).SetProperty(person => person.ErasedAt, reception.Now)

            // Whoever read them before writes nothing back.
            .SetProperty(person => person.Version, person => person.Version + 1), cancel);
        await db.Set<Customer>().Where(customer => members.Contains(customer.OwnerId)).ExecuteUpdateAsync(set => set
            .SetProperty(customer => customer.NameHash, (byte[]?)null).SetProperty(customer => customer.EmailHash, (byte[]?)null)

            // Whoever comes again with the same details is described anew.
            .SetProperty(customer => customer.DetailsHash, Array.Empty<byte>()).SetProperty(customer => customer.StripeDetailsHash, (byte[]?)null), cancel);
        await db.Set<DataKey>().Where(key => members.Contains(key.OwnerId)).ExecuteUpdateAsync(set => set
            .SetProperty(key => key.Wrapped, (byte[]?)null).SetProperty(key => key.ErasedAt, TimeProvider.System.GetUtcNow()), cancel);
        await LeaveReportsAsync(db, members, cancel);
        await JourneyBlocks.ForgetAsync(db, members, cancel);
        await RehouseAsync(reception, members, theirs);
        await reception.Services.Audit.WriteAsync(db, new($"user:{UserId}", "person.erased", nameof(Person), PersonId.ToString()) { After = new { Members = members.Count, Keys = keys, Conversions = cancelled, Invoices = kept } }, cancel);

        // After the commit: no node may remember a key that is gone, and files go when the database has said so.
        db.SavedKinds.Add(Vault.Erasure);
        db.SavedKinds.Add(nameof(Person));
        db.Enqueue<ForgetMailFiles>(PersonId.ToString(), reception.Now, key: reception.Event.Id.ToString());
        return EventFate.Applied;
    }

    public override IEnumerable<string> WouldDo() => ["Forget the person: delete their keys, cancel what waits to be told, keep what the law keeps on invoices"];

    /// <summary>Name and address of the buyer, and the lines, of what was issued to them as a private person; neither e-mail nor phone.</summary>
    private static async Task<int> KeepInvoicesAsync(Reception reception, List<Guid> members)
    {
        var (db, vault, cancel) = (reception.Db, reception.Vault, reception.Cancel);
        var issued = await db.Set<Invoice>().Where(invoice => members.Contains(invoice.OwnerId) && invoice.IssuedAt != null).ToListAsync(cancel);
        foreach (var invoice in issued)
        {
            if (await vault.OpenAsync(invoice.OwnerId, invoice.Id, invoice.SealedBuyer, cancel) is { } json)
                invoice.SealedBuyer = await vault.SealAsync(db, DataKey.Company, invoice.Id, LawfulBuyer(json), cancel);
            foreach (var line in await db.Set<InvoiceLine>().Where(line => line.InvoiceId == invoice.Id && members.Contains(line.OwnerId)).ToListAsync(cancel))
            {
                if (await vault.OpenAsync(line.OwnerId, line.Id, line.SealedDescription, cancel) is { } text)
                    (line.OwnerId, line.SealedDescription) = (DataKey.Company, await vault.SealAsync(db, DataKey.Company, line.Id, text, cancel));
            }

            foreach (var note in await db.Set<CreditNote>().Where(note => note.InvoiceId == invoice.Id && members.Contains(note.OwnerId)).ToListAsync(cancel))
            {
                if (await vault.OpenAsync(note.OwnerId, note.Id, note.SealedMemo, cancel) is { } memo)
                    note.SealedMemo = await vault.SealAsync(db, DataKey.Company, note.Id, memo, cancel);
                note.OwnerId = DataKey.Company;
            }

            invoice.OwnerId = DataKey.Company;
        }

        return issued.Count;
    }

    private static string LawfulBuyer(string json) =>
        System.Text.Json.JsonSerializer.Serialize(System.Text.Json.JsonSerializer.Deserialize<CustomerDetails>(json)! with { Email = null, Phone = null });

    private static async Task<int> CancelConversionsAsync(Reception reception, List<Guid> members)
    {
        var waiting = await reception.Db.Set<Conversion>().Where(row => members.Contains(row.PersonId) && (row.Status == ConversionStatus.Queued || row.Status == ConversionStatus.Held)).ToListAsync(reception.Cancel);
        foreach (var conversion in waiting)
            conversion.End(ConversionStatus.Rejected, "person.erased", null, reception.Now);
        return waiting.Count;
    }

    /// <summary>That a pixel came through on a visit is no more theirs.</summary>
    private static Task<int> LeaveReportsAsync(RevOpsDb db, List<Guid> members, CancellationToken cancel) =>
        db.Set<PixelReport>().Where(report => report.PersonId != null && members.Contains(report.PersonId.Value)).ExecuteUpdateAsync(set => set.SetProperty(report => report.PersonId, (Guid?)null), cancel);

    /// <summary>What only they were recognised by goes; a key that others have too loses them.</summary>
    private static async Task<int> ForgetKeysAsync(RevOpsDb db, List<Guid> members, List<Guid> theirs, CancellationToken cancel)
    {
        await db.Set<PersonKey>().Where(seen => members.Contains(seen.PersonId)).ExecuteDeleteAsync(cancel);
        await db.Set<SamePerson>().Where(link => members.Contains(link.PersonId) || members.Contains(link.OtherId)).ExecuteDeleteAsync(cancel);
        return await db.Set<IdentityKey>().Where(key => theirs.Contains(key.Id) && !db.Set<PersonKey>().Any(seen => seen.KeyId == key.Id)).ExecuteDeleteAsync(cancel);
    }

    /// <summary>A key that others have too is theirs alone now: what comes with it must not be laid under somebody who was forgotten.</summary>
    private static async Task RehouseAsync(Reception reception, List<Guid> members, List<Guid> theirs)
    {
        var (db, cancel) = (reception.Db, reception.Cancel);
        var left = await db.Set<IdentityKey>().AsNoTracking().Where(key => theirs.Contains(key.Id) && members.Contains(key.PersonId)).ToListAsync(cancel);
        foreach (var key in left)
        {
            var home = key.Kind == IdentityKeyKind.Visitor ? await HouseAsync(reception, key) : await db.Set<PersonKey>().Where(seen => seen.KeyId == key.Id).MinAsync(seen => seen.PersonId, cancel);
            await db.Set<IdentityKey>().Where(row => row.Id == key.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.PersonId, home), cancel);
        }

        // Everybody who shared a key with them: what it joins, and whose answers they hear, may be another answer now.
        var others = await db.Set<PersonKey>().Where(seen => theirs.Contains(seen.KeyId)).Select(seen => seen.PersonId).Distinct().ToListAsync(cancel);
        await Reconsider.PeopleAsync(reception, await reception.Services.Identity.RegroupAsync(db, others, reception.Now, null, cancel));
    }

    /// <summary>The row of a browser that knows nothing else, under which its touches will lie.</summary>
    private static async Task<Guid> HouseAsync(Reception reception, IdentityKey visitor)
    {
        var (db, id) = (reception.Db, Guid.CreateVersion7());
        db.Add(reception.Vault.NewKey(id).Row);
        db.Add(new Person { Id = id, CanonicalId = id, Signature = IdentityGraph.SignatureOf([(visitor.Kind, new(visitor.Hash))]), CreatedAt = TimeProvider.System.GetUtcNow(), OwnSeenAt = reception.Now, LastSeenAt = reception.Now });
        db.Add(new PersonKey { PersonId = id, KeyId = visitor.Id, FirstSeenAt = reception.Now });

        // What was refused on it stays refused, whoever asked to be forgotten.
        var newest = await db.Set<ConsentRecord>().AsNoTracking().Where(record => record.PersonId == visitor.PersonId && record.Measurement != null)
            .OrderByDescending(record => record.OccurredAt).ThenBy(record => record.Measurement).FirstOrDefaultAsync(reception.Cancel);
        if (newest is { Measurement: false })
            db.Add(new ConsentRecord { Id = Guid.CreateVersion7(), PersonId = id, OccurredAt = newest.OccurredAt, RecordedAt = newest.RecordedAt, Measurement = false, TextVersion = newest.TextVersion });
        await db.SaveChangesAsync(reception.Cancel);
        return id;
    }
}
