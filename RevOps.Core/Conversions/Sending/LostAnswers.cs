using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Conversions.Sending;

/// <summary>Requests of which nobody knows whether the platform took them: no answer came, or only word of a failure at the platform.</summary>
internal static class LostAnswers
{
    /// <summary>Why a conversion is not sent again: the platform may have it, and would count it a second time.</summary>
    public const string Reason = "answer_lost";

    private const int FirstFailure = 500;

    /// <summary>When each conversion may have arrived first, on the business clock; those that cannot have are left out.</summary>
    public static async Task<Dictionary<Guid, DateTimeOffset>> FirstAsync(RevOpsDb db, IReadOnlyCollection<Guid> conversions, CancellationToken cancel)
    {
        if (conversions.Count == 0)
            return [];
        var lost = await (from part in db.Set<ConversionPart>()
                          join batch in db.Set<ConversionBatch>() on part.BatchId equals batch.Id
                          where EF.Parameter(conversions.ToArray()).Contains(part.ConversionId) && batch.State == EffectState.Open && (batch.HttpStatus == null || batch.HttpStatus >= FirstFailure)
                          select new { part.ConversionId, batch.SentAt }).ToListAsync(cancel);
        return lost.GroupBy(row => row.ConversionId).ToDictionary(group => group.Key, group => group.Min(row => row.SentAt));
    }
}
