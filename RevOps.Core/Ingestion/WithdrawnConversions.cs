using RevOps.Core.Conversions;
using RevOps.Core.People;
using RevOps.Core.Platform.Audit;

namespace RevOps.Core.Ingestion;

/// <summary>Conversions of people who took their consent back.</summary>
internal static class WithdrawnConversions
{
    /// <summary>Who withdrew is told of to nobody: what waits for a click to ripen or a platform to come back does not wait any longer.</summary>
    public static async Task CancelAsync(Reception reception, List<Conversion> queued)
    {
        foreach (var ofPerson in queued.GroupBy(conversion => conversion.PersonId))
        {
            if ((await ConsentState.OfAsync(reception.Db, ofPerson.Key, reception.Cancel)).Ads != ConsentAnswer.Denied)
                continue;
            foreach (var conversion in ofPerson)
            {
                conversion.End(ConversionStatus.Held, ConsentReasons.Denied, null, reception.Now);
                await reception.Services.Audit.WriteAsync(reception.Db, new(AuditTrail.System, "conversion.cancelled", nameof(Conversion), conversion.Id.ToString()) { After = new { conversion.Platform, conversion.EventId, conversion.Reason } }, reception.Cancel);
            }
        }
    }
}
