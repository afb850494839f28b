using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Data;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Scorecard.Checks.Revenue;

/// <summary>How long sales waited for their first draft. An invoice says when its newest stood: of one that was drafted again, the first is told by what was sent to Stripe.</summary>
internal static class FirstDrafts
{
    // The last step of a draft, of which every version has one.
    private const string LastStep = ":lines";

    /// <param name="db">Read only.</param>
    /// <param name="invoices">Those without a draft are left out.</param>
    /// <param name="cancel">Ends the reading.</param>
    public static async Task<List<double>> SecondsAsync(RevOpsDb db, IQueryable<Invoice> invoices, CancellationToken cancel)
    {
        var drafted = await invoices.Where(invoice => invoice.DraftedAt != null).Select(invoice => new { invoice.Id, invoice.DraftVersion, invoice.RecordedAt, DraftedAt = invoice.DraftedAt!.Value }).ToListAsync(cancel);
        var first = new Dictionary<Guid, DateTimeOffset>();
        foreach (var some in drafted.Where(one => one.DraftVersion > 1).Select(one => one.Id).Chunk(500))
        {
            foreach (var sent in await db.Set<OutsideEffect>().Where(effect => some.Contains(effect.SubjectId) && effect.State == EffectState.Done && effect.Key.EndsWith(LastStep) && effect.LastAttemptAt != null)
                .GroupBy(effect => effect.SubjectId).Select(group => new { group.Key, At = group.Min(effect => effect.LastAttemptAt!.Value) }).ToListAsync(cancel))
                first[sent.Key] = sent.At;
        }

        return drafted.ConvertAll(one => ((first.TryGetValue(one.Id, out var at) && at < one.DraftedAt ? at : one.DraftedAt) - one.RecordedAt).TotalSeconds);
    }
}
