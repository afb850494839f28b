using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Data;
using RevOps.Core.Identity;
using RevOps.Core.Platform.Audit;

namespace RevOps.Core.Ingestion;

/// <summary>Finance lets the prices of a draft stand although the catalogue says otherwise: until its content changes.</summary>
/// <param name="Seen">Both figures of each line, as they stood on the screen.</param>
public sealed record PricesAccepted(Guid InvoiceId, int DraftVersion, IReadOnlyList<PriceDifference> Seen, Guid UserId) : IncomingEvent
{
    public const string Type = "revops.internal.prices_accepted";

    /// <exception cref="DecisionTakenException">Somebody decided, or the draft or the catalogue changed, in the meantime.</exception>
    public override async Task<EventFate> ApplyAsync(Reception reception)
    {
        var sale = await BillableSale.LoadAsync(reception.Db, reception.Vault, InvoiceId, reception.Now, reception.Cancel);
        if (sale is not { Invoice: { Status: InvoiceStatus.ReadyForReview } invoice } || invoice.DraftVersion != DraftVersion || !invoice.ProblemList.Contains(ReviewProblem.PriceDiffers)
            || sale.Assess() is not { } before || !before.Differences.SequenceEqual(Seen))
            throw new DecisionTakenException();

        invoice.PricesAcceptedFor = sale.Content.ComputeHash();
        invoice.Problems = string.Join(' ', sale.Assess().Problems);
        await reception.Services.Audit.WriteAsync(reception.Db, new AuditNote($"user:{UserId}", "prices.accepted", nameof(Invoice), invoice.Id.ToString())
        {
            Before = new { DraftVersion, Prices = Said(line => $"{CatalogueSays(line)} = {line.Expected}") },
            After = new { DraftVersion, Prices = Said(line => $"{line.Stated.ToString(System.Globalization.CultureInfo.InvariantCulture)} = {line.Amount}") },
        }, reception.Cancel);
        return EventFate.Applied;
    }

    public override IEnumerable<string> WouldDo() => ["Let the sender's prices stand"];

    private static string CatalogueSays(PriceDifference line) => line.InForce.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private string Said(Func<PriceDifference, string> figures) => string.Join("; ", Seen.Select(line => $"{line.LineKey}: {figures(line)}"));
}

/// <summary>The button that lets the prices of a draft stand.</summary>
public sealed class AcceptPrices(IDbContextFactory<RevOpsDb> databases, EventReceiver receiver, TwoFactorRule rule)
{
    /// <param name="draftVersion">Of the draft on the screen.</param>
    /// <param name="seen">What stood on the screen.</param>
    public async Task<DecisionResult> RunAsync(Guid invoiceId, int draftVersion, IReadOnlyList<PriceDifference> seen, Approver approver, CancellationToken cancel)
    {
        await using (var db = await databases.CreateDbContextAsync(cancel))
        {
            if (!await approver.MayDecideAsync(db, rule, cancel))
                return DecisionResult.NotAllowed;
        }

        try
        {
            var taken = await receiver.ReceiveInternalAsync("revops", $"prices/{invoiceId}/v{draftVersion}", PricesAccepted.Type, new PricesAccepted(invoiceId, draftVersion, seen, approver.UserId), cancel);
            return taken ? DecisionResult.Done : DecisionResult.Outdated;
        }
        catch (DecisionTakenException)
        {
            return DecisionResult.Outdated;
        }
    }
}
