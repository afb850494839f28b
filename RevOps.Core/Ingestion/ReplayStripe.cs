using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Ingestion;

/// <summary>
/// Has what Stripe's webhooks were about read at Stripe again, one of them or all that a filter finds. A webhook is only a hint, so nothing
/// of it is applied twice: what is new at Stripe comes in, the rest changes nothing.
/// </summary>
public sealed class ReplayStripe(IDbContextFactory<RevOpsDb> databases, CompanyProfile company, Vault vault, AuditTrail audit, TimeProvider clock)
{
    private const string Action = "stripe.replayed";

    /// <summary>A single one.</summary>
    public Task<int> OneAsync(Guid eventId, string actor, CancellationToken cancel) =>
        ReplayAsync(all => Task.FromResult(all.Where(row => row.Id == eventId)), new(actor, Action, nameof(ReceivedEvent), eventId.ToString()), cancel);

    /// <summary>All that the filter finds, on whatever page.</summary>
    /// <returns>How many things are read again: several webhooks may be about one invoice.</returns>
    public Task<int> AllAsync(EventFilter filter, string actor, CancellationToken cancel) => ReplayAsync(
        async all => filter.Apply(all, await company.CurrentAsync(cancel)),
        new(actor, Action, nameof(ReceivedEvent), "all") { After = new { filter.Type, filter.EventId, filter.From, filter.To } },
        cancel);

    private async Task<int> ReplayAsync(Func<IQueryable<ReceivedEvent>, Task<IQueryable<ReceivedEvent>>> choose, AuditNote note, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var hooks = await ReadAsync(await choose(db.Set<ReceivedEvent>().AsNoTracking().Where(row => row.Source == StripeNoticed.Source && row.Type.StartsWith(EventFilter.StripeFamily))), cancel);

        await db.BeginWorkAsync(cancel);
        var (now, asked) = (clock.GetUtcNow(), 0);
        foreach (var hook in hooks)
            asked += await hook.AskAsync(db, now, $"replay@{now.ToString("O", CultureInfo.InvariantCulture)}", cancel);
        if (asked > 0)
            await audit.WriteAsync(db, note, cancel);
        await db.SaveChangesAsync(cancel);
        return asked;
    }

    /// <summary>What they are about, each once.</summary>
    private async Task<List<StripeNoticed>> ReadAsync(IQueryable<ReceivedEvent> chosen, CancellationToken cancel)
    {
        var hooks = new Dictionary<(string? Invoice, string? Customer, string? Intent, string? Payout), StripeNoticed>();
        await foreach (var row in chosen.AsAsyncEnumerable().WithCancellation(cancel))
        {
            if (await vault.OpenAsync(row.OwnerId, row.Id, row.SealedData, cancel) is { } json && JsonSerializer.Deserialize<StripeNoticed>(json) is { } hook)
                hooks.TryAdd((hook.InvoiceId, hook.CustomerId, hook.PaymentIntentId, hook.PayoutId), hook);
        }

        return [.. hooks.Values];
    }
}
