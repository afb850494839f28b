using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Billing;

/// <summary>Says anew what stands between a draft and its approval, when a day has come or something that it waited for is there.</summary>
public sealed class AssessAgain(IDbContextFactory<RevOpsDb> databases, Vault vault, TimeProvider clock) : IOutboxJob
{
    public async Task<OutboxResult> RunAsync(OutboxRow row, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        await AssessAsync(db, vault, Guid.Parse(row.Argument), clock.GetUtcNow(), cancel);
        await db.SaveChangesAsync(cancel);
        return OutboxResult.Done;
    }

    /// <summary>Of a draft that waits for review; of any other nothing changes. The caller saves.</summary>
    public static async Task AssessAsync(RevOpsDb db, Vault vault, Guid invoiceId, DateTimeOffset now, CancellationToken cancel)
    {
        if (await BillableSale.LoadAsync(db, vault, invoiceId, now, cancel) is not { Invoice: { Status: InvoiceStatus.ReadyForReview } invoice } sale)
            return;
        var stood = invoice.Problems.Length > 0;
        invoice.Problems = string.Join(' ', sale.Assess().Problems);
        if (stood)
            await ApprovalCases.AskRulesAsync(db, invoice, now, cancel);
    }
}
