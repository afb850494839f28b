using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Conversions;
using RevOps.Core.Data;
using RevOps.Core.Ingestion.Connectors;
using RevOps.Core.Platform;

namespace RevOps.Core.Ingestion;

/// <summary>What the Connections page says beside the keys: whether Stripe's webhook comes through, and what waits for a platform.</summary>
public sealed class ConnectionQueries(IDbContextFactory<RevOpsDb> databases)
{
    /// <summary>When the last valid webhook of Stripe came in; null when none did.</summary>
    public async Task<DateTimeOffset?> LastStripeHookAsync(Mode mode, CancellationToken cancel = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Set<ReceivedEvent>().Where(row => row.Source == StripeNoticed.Source && row.Type.StartsWith("stripe.") && row.Mode == mode)
            .OrderByDescending(row => row.RecordedAt).Select(row => (DateTimeOffset?)row.RecordedAt).FirstOrDefaultAsync(cancel);
    }

    /// <summary>Invoices that are being drafted or issued, conversions that are on their way, or deliveries that are not read back yet.</summary>
    public async Task<int> CountWaitingAsync(string platform, CancellationToken cancel = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (platform == Connector.HubSpot.Name)
            return await db.Set<HookDelivery>().CountAsync(delivery => delivery.Connector == Connector.HubSpot.Id && delivery.Status == DeliveryStatus.Received, cancel);
        return Enum.TryParse<AdPlatform>(platform, out var ads)
            ? await db.Set<Conversion>().CountAsync(conversion => conversion.Platform == ads && conversion.Status == ConversionStatus.Queued, cancel)
            : await db.Set<Invoice>().CountAsync(invoice => invoice.Status == InvoiceStatus.Drafting || invoice.Status == InvoiceStatus.Approved, cancel);
    }
}
