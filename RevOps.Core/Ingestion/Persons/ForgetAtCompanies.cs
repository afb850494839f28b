using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.People;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Ingestion.Persons;

/// <summary>
/// What stands under the company's key and says how somebody is reached: their address and number as a client company's contact, on its
/// invoices, in what Stripe and the connectors told of it. The rest of it is about the company and stays.
/// </summary>
internal static class ForgetAtCompanies
{
    public static async Task RunAsync(Reception reception, List<Guid> members, ContactTraces traces)
    {
        if (!traces.HaveAddresses)
            return;
        await CustomersAsync(reception, members, traces);
        await EventsAsync(reception, traces);
    }

    private static async Task CustomersAsync(Reception reception, List<Guid> members, ContactTraces traces)
    {
        var (db, vault, cancel) = (reception.Db, reception.Vault, reception.Cancel);
        var hashes = traces.Emails.Select(value => vault.LookupHash(CompanyKey.EmailKind, CompanyKey.EmailOf(value))).ToList();
        var customers = await db.Set<Customer>().Where(customer => customer.OwnerId == DataKey.Company && (members.Contains(customer.PersonId) || hashes.Contains(customer.EmailHash!))).ToListAsync(cancel);
        foreach (var customer in customers)
        {
            var (sent, own) = (await customer.OpenSentAsync(vault, cancel), await customer.OpenOwnAsync(vault, cancel));
            if (sent is not null && (Without(sent, traces), own is null ? null : Without(own, traces)) is var (left, ownLeft) && (left, ownLeft) != (sent, own))
                await CustomerRecorded.DescribeAsync(db, vault, customer, left, ownLeft, reception.Now, cancel);
        }

        var ids = customers.ConvertAll(customer => customer.Id);
        var invoices = await db.Set<Invoice>().Where(invoice => ids.Contains(invoice.CustomerId) && invoice.OwnerId == DataKey.Company && invoice.SealedBuyer != null).ToListAsync(cancel);
        foreach (var invoice in invoices)
        {
            if (await vault.OpenAsync(invoice.OwnerId, invoice.Id, invoice.SealedBuyer, cancel) is { } json && JsonSerializer.Deserialize<CustomerDetails>(json) is { } buyer && Without(buyer, traces) is var left && left != buyer)
                invoice.SealedBuyer = await vault.SealAsync(db, DataKey.Company, invoice.Id, JsonSerializer.Serialize(left), cancel);
        }

        await EffectsAsync(reception, [.. ids, .. invoices.Select(invoice => invoice.Id)], traces);
    }

    /// <summary>What Stripe was told of the companies and answered; what is still to be told has to stay as it was decided.</summary>
    private static async Task EffectsAsync(Reception reception, List<Guid> subjects, ContactTraces traces)
    {
        var (db, vault, cancel) = (reception.Db, reception.Vault, reception.Cancel);
        async Task<byte[]?> LeftAsync(Guid id, byte[]? bytes) => await vault.OpenAsync(DataKey.Company, id, bytes, cancel) is { } text && traces.Without(text) is var left && left != text
            ? await vault.SealAsync(db, DataKey.Company, id, left, cancel)
            : bytes;
        foreach (var effect in await db.Set<OutsideEffect>().Where(effect => effect.OwnerId == DataKey.Company && subjects.Contains(effect.SubjectId) && effect.State != EffectState.Open).ToListAsync(cancel))
            (effect.SealedBody, effect.SealedAnswer) = ((await LeftAsync(effect.Id, effect.SealedBody))!, await LeftAsync(effect.Id, effect.SealedAnswer));
    }

    private static CustomerDetails Without(CustomerDetails details, ContactTraces traces) => details with
    {
        Email = traces.Are(details.Email) ? null : details.Email,
        Phone = traces.Are(details.Phone) ? null : details.Phone,
    };

    /// <summary>What Stripe and Finance said of the companies: the values alone are taken out.</summary>
    private static async Task EventsAsync(Reception reception, ContactTraces traces)
    {
        var (db, vault, cancel) = (reception.Db, reception.Vault, reception.Cancel);
        var told = db.Set<ReceivedEvent>().Where(row => row.Type == CustomerEntered.Type || row.Type.StartsWith(EventFilter.StripeFamily)).Where(row => row.OwnerId == DataKey.Company);
        var changed = new List<(Guid Id, byte[] Sealed)>();
        await foreach (var received in told.AsNoTracking().Select(row => new { row.Id, row.SealedData }).AsAsyncEnumerable().WithCancellation(cancel))
        {
            if (await vault.OpenAsync(DataKey.Company, received.Id, received.SealedData, cancel) is { } json && traces.Without(json) is var left && left != json)
                changed.Add((received.Id, await vault.SealAsync(db, DataKey.Company, received.Id, left, cancel)));
        }

        foreach (var (id, bytes) in changed)
            await db.Set<ReceivedEvent>().Where(row => row.Id == id).ExecuteUpdateAsync(set => set.SetProperty(row => row.SealedData, bytes), cancel);
    }
}
