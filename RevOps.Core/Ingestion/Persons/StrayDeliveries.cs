using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Ingestion.Connectors;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Ingestion.Persons;

/// <summary>What a connector brought of somebody and is not sealed under their key, since it became no event: it lies under the company's.</summary>
internal static class StrayDeliveries
{
    /// <summary>Those in which one of their own e-mail addresses, phone numbers or references stands, as it came or as somebody entered it.</summary>
    public static async Task<IReadOnlyList<HookDelivery>> NamingAsync(RevOpsDb db, Vault vault, ContactTraces traces, CancellationToken cancel)
    {
        var found = new List<HookDelivery>();
        foreach (var delivery in await db.Set<HookDelivery>().Where(row => row.OwnerId == DataKey.Company).ToListAsync(cancel))
        {
            if (traces.StandIn(await delivery.OpenBodyAsync(vault, cancel)) || traces.StandIn(await vault.OpenAsync(delivery.OwnerId, delivery.Id, delivery.SealedEntered, cancel)))
                found.Add(delivery);
        }

        return found;
    }
}
