using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.Identity;
using RevOps.Core.Platform;

namespace RevOps.Core.Ingestion.History;

/// <summary>Opening balances and past deals from files: looked at row by row, then let in. What is in already is left alone, so a file may be given again.</summary>
public sealed class KeepHistory(IDbContextFactory<RevOpsDb> databases, EventReceiver receiver, IngestionServices services, TwoFactorRule rule)
{
    /// <summary>What a file would do; nothing is saved.</summary>
    public async Task<HistoryPlan> PlanAsync(HistoryFileKind kind, string text, Approver approver, CancellationToken cancel)
    {
        var file = HistoryFile.Read(kind, text);
        if (file.Problem is not null)
            return new(kind, []) { Problem = file.Problem, Missing = file.Missing, Unknown = file.Unknown };
        var (company, now) = (await services.Company.CurrentAsync(cancel), services.Clock.GetUtcNow());
        List<HistoryRow> rows = [.. file.Rows.Select(row => HistoryFile.RowOf(kind, row, company, now, services.Mode, approver.UserId))];
        await using var db = await databases.CreateDbContextAsync(cancel);
        var known = await KnownAsync(db, kind, rows, cancel);
        var invoices = await InvoicesAsync(db, rows, cancel);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return new(kind, [.. rows.Select(row => Placed(row, seen, known, invoices))]);
    }

    /// <summary>Lets in what the plan has, row by row.</summary>
    /// <param name="seen">As it was looked at.</param>
    /// <param name="approver">Who enters it.</param>
    /// <param name="progress">Told how many rows are in.</param>
    /// <param name="cancel">Ends the work; what is in stays, and the file may be given again.</param>
    /// <returns>How it ended, and how many rows came in.</returns>
    public async Task<(DecisionResult Result, int Entered)> SaveAsync(HistoryPlan seen, Approver approver, IProgress<int> progress, CancellationToken cancel)
    {
        await using (var db = await databases.CreateDbContextAsync(cancel))
        {
            if (!await approver.MayDecideAsync(db, rule, cancel))
                return (DecisionResult.NotAllowed, 0);
        }

        if (!seen.MaySave)
            return (DecisionResult.Outdated, 0);
        var entered = 0;
        foreach (var (index, row) in seen.Rows.Where(row => row.Enters).Index())
        {
            var isNew = await receiver.ReceiveInternalAsync("revops", row.EventId!, row.Event is PastDealEntered ? PastDealEntered.Type : OpeningBalanceEntered.Type, row.Event!, cancel, row.At);
            entered += isNew ? 1 : 0;
            progress.Report(index + 1);
        }

        return (DecisionResult.Done, entered);
    }

    private static HistoryRow Placed(HistoryRow row, HashSet<string> seen, HashSet<string> known, Dictionary<string, bool> invoices)
    {
        if (row.EventId is not { } id)
            return row;
        if (!seen.Add(id))
            return Wrong(row, row.Event is PastDealEntered ? "deal" : "number", "twice");
        if (row.Event is PastDealEntered { InvoiceNumber: { } number } && !known.Contains(id) && invoices.GetValueOrDefault(number, true))
            return Wrong(row, "invoice", invoices.ContainsKey(number) ? "invoiceTaken" : "invoiceUnknown");
        if (row.Event is PastDealEntered { InvoiceNumber: { } own } && !known.Contains(id) && !seen.Add($"invoice/{own}"))
            return Wrong(row, "invoice", "invoiceTwice");
        return row with { IsKnown = known.Contains(id) };
    }

    private static HistoryRow Wrong(HistoryRow row, string column, string problem) => row with { Problems = new Dictionary<string, string>(StringComparer.Ordinal) { [column] = problem } };

    /// <summary>Ids of the rows whose invoice or deal is in, however it came.</summary>
    private async Task<HashSet<string>> KnownAsync(RevOpsDb db, HistoryFileKind kind, List<HistoryRow> rows, CancellationToken cancel)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var some in rows.Select(row => row.Event).OfType<IncomingEvent>().Chunk(500))
        {
            if (kind == HistoryFileKind.Opening)
            {
                var numbers = some.OfType<OpeningBalanceEntered>().Select(row => row.Invoice.Number).ToList();
                known.UnionWith((await db.Set<Invoice>().Where(row => row.Mode == services.Mode && numbers.Contains(row.Number)).Select(row => row.Number!).ToListAsync(cancel)).Select(number => OpeningBalanceEntered.IdOf(services.Mode, number)));
            }
            else
            {
                var deals = some.OfType<PastDealEntered>().Select(row => row.DealId).ToList();
                known.UnionWith((await db.Set<Booking>().Where(row => deals.Contains(row.DealId!)).Select(row => row.DealId!).ToListAsync(cancel)).Select(deal => PastDealEntered.IdOf(services.Mode, deal)));
            }
        }

        return known;
    }

    /// <summary>The invoices of the history that deals name, and whether a deal stands on them already.</summary>
    private async Task<Dictionary<string, bool>> InvoicesAsync(RevOpsDb db, List<HistoryRow> rows, CancellationToken cancel)
    {
        var found = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var some in rows.Select(row => (row.Event as PastDealEntered)?.InvoiceNumber).OfType<string>().Distinct(StringComparer.Ordinal).Chunk(500))
        {
            foreach (var invoice in await PastDealEntered.History(db, services.Mode).Where(row => some.Contains(row.Number)).Select(row => new { row.Number, IsTaken = db.Set<Booking>().Any(booking => booking.InvoiceId == row.Id) }).ToListAsync(cancel))
                found[invoice.Number!] = invoice.IsTaken || found.GetValueOrDefault(invoice.Number!);
        }

        return found;
    }
}
