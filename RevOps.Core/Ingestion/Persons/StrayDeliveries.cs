using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Ingestion.Connectors;
using RevOps.Core.People;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Ingestion.Persons;

/// <summary>What a connector brought of somebody and is not sealed under their key, since it became no event: it lies under the company's.</summary>
internal static class StrayDeliveries
{
    private const int ShortestTelling = 4;

    /// <summary>Those in which one of these people's own e-mail addresses, phone numbers or references stands.</summary>
    public static async Task<IReadOnlyList<HookDelivery>> NamingAsync(RevOpsDb db, Vault vault, List<Guid> members, CancellationToken cancel)
    {
        var (values, found) = (new HashSet<string>(StringComparer.OrdinalIgnoreCase), new List<HookDelivery>());
        foreach (var member in await db.Set<Person>().AsNoTracking().Where(person => members.Contains(person.Id)).ToListAsync(cancel))
        {
            if (await vault.OpenAsync(member.Id, member.Id, member.SealedOwn, cancel) is { } json && ContactFacts.Parse(json).Contact is var contact)
                values.UnionWith(new[] { contact.Email, contact.Phone, contact.Ref }.OfType<string>().Where(value => value.Length >= ShortestTelling));
        }

        if (values.Count == 0)
            return found;
        foreach (var delivery in await db.Set<HookDelivery>().Where(row => row.OwnerId == DataKey.Company).ToListAsync(cancel))
        {
            if (await delivery.OpenBodyAsync(vault, cancel) is { } body && values.Any(value => body.Contains(value, StringComparison.OrdinalIgnoreCase)))
                found.Add(delivery);
        }

        return found;
    }
}
