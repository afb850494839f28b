using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Platform.Connections;
using RevOps.Core.Scorecard.Checks;

namespace RevOps.Core.Ingestion.Checks;

/// <summary>The key was tried within a day and moves real money, an invoice was paid with it, and Stripe's signed word came within a week.</summary>
public sealed class StripeIsLive(ConnectionDesk desk, IEnumerable<IPlatformConnection> connections) : Check
{
    private const string Platform = "Stripe";

    public override string Id => "R14";

    /// <summary>Each of its parts asks for its own age.</summary>
    public override bool IsState => true;

    public override async Task<IReadOnlyList<Part>> MeasureAsync(CheckScope scope, CancellationToken cancel)
    {
        var connection = connections.FirstOrDefault(one => one.Name == Platform);
        var last = connection?.Mode == scope.Mode ? await desk.LastCheckAsync(connection, cancel) : null;

        // A check is made by the system's clock.
        var isTried = last is { Outcome: CheckOutcome.Works } && TimeProvider.System.GetUtcNow() - last.At <= TimeSpan.FromDays(1);
        var paid = await scope.Db.Set<Invoice>().LongCountAsync(invoice => invoice.Mode == scope.Mode && invoice.PaidAt != null && invoice.StripeInvoiceId != null, cancel);
        var since = scope.Ago(7);

        // What was found missing and fetched later, and what the product read at Stripe itself, proves no webhook.
        var words = await scope.Db.Set<ReceivedEvent>().LongCountAsync(heard => heard.Mode == scope.Mode && heard.Source == StripeNoticed.Source && heard.IsSigned && heard.OccurredAt >= since, cancel);
        return [Part.Fact("key", isTried, 1), Part.Fact("live", connection?.Mode == RevOps.Core.Platform.Mode.Live && scope.Mode == RevOps.Core.Platform.Mode.Live, 1), Part.Fact("paid", paid > 0, paid), Part.Fact("webhook", words > 0, words)];
    }

    public override IQueryable<EvidenceRow> Rows(CheckScope scope) =>
        scope.Db.Set<Invoice>().Where(invoice => invoice.Mode == scope.Mode && invoice.PaidAt != null && invoice.StripeInvoiceId != null)
            .Select(invoice => new EvidenceRow { Kind = EvidenceKind.Invoice, Id = invoice.Id, At = invoice.PaidAt!.Value, Holds = true, Label = invoice.Number });
}
