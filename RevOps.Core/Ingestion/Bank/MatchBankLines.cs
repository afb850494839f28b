using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Receivables;
using RevOps.Core.Receivables.BankFiles;
using RevOps.Core.Receivables.Matching;

namespace RevOps.Core.Ingestion.Bank;

/// <summary>
/// Matches what is sure of the lines of a file, or every night of all that are open. A line that a person took back is left to people.
/// </summary>
public sealed class MatchBankLines(IDbContextFactory<RevOpsDb> databases, EventReceiver receiver, OwedInvoices owed, BankLineReader reader) : IOutboxJob
{
    private const int AtOnce = 100;

    public async Task<OutboxResult> RunAsync(OutboxRow row, CancellationToken cancel)
    {
        var fileId = Guid.TryParse(row.Argument, CultureInfo.InvariantCulture, out var id) ? id : (Guid?)null;
        foreach (var (mode, currency) in await WorldsAsync(fileId, cancel))
            await MatchAsync(row.Id, fileId, mode, currency, cancel);
        return OutboxResult.Done;
    }

    private async Task MatchAsync(Guid run, Guid? fileId, Mode mode, string currency, CancellationToken cancel)
    {
        var sure = new List<LineMatch>();
        await using (var db = await databases.CreateDbContextAsync(cancel))
        {
            var matcher = new BankMatcher(await owed.LoadAsync(db, mode, currency, cancel), await OwedInvoices.SettledNumbersAsync(db, mode, currency, cancel));
            var (payers, payouts) = (await OwedInvoices.PayersAsync(db, cancel), await OwedInvoices.PayoutsAsync(db, mode, currency, cancel));
            await foreach (var line in Untouched(db, fileId).Where(line => line.Mode == mode && line.Currency == currency).OrderBy(line => line.BookedOn).ThenBy(line => line.FileId).ThenBy(line => line.Position).AsAsyncEnumerable().WithCancellation(cancel))
            {
                if (SureOf(line, BankLineReader.MoneyOf(line, await reader.TextAsync(line, cancel), payers), matcher, payouts) is { } match)
                    sure.Add(match);
            }
        }

        // Where two lines are as good for one payout, neither is sure.
        var doubtful = sure.SelectMany(match => match.Parts.Select(part => part.PayoutId)).OfType<Guid>().GroupBy(id => id).Where(lines => lines.Count() > 1).Select(lines => lines.Key).ToHashSet();
        foreach (var some in sure.Where(match => match.Parts[0].PayoutId is not { } payout || !doubtful.Contains(payout)).Chunk(AtOnce))
            await receiver.ReceiveInternalAsync("revops", $"bank-rule/{run}/{some[0].LineId}", BankMatched.Type, new BankMatched(some, UserId: null), cancel);
    }

    private static LineMatch? SureOf(BankLine line, IncomingMoney money, BankMatcher matcher, List<Payout> payouts)
    {
        if (PayoutMatcher.Of(money, payouts) is { Count: > 0 } paidOut)
            return paidOut is [var one] && matcher.Of(money).Count == 0 ? new(line.Id, MatchProposals.PayoutRule, 0, [new(MatchKind.Payout, null, one.Id, one.AmountMinor)]) : null;
        return matcher.Of(money) is [{ IsSure: true } proposal] ? new(line.Id, MatchProposals.NameOf(proposal.Rule), 0, [.. proposal.Parts.Select(part => new MatchPart(MatchKind.Invoice, part.InvoiceId, null, part.Minor))]) : null;
    }

    private async Task<List<(Mode Mode, string Currency)>> WorldsAsync(Guid? fileId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return (await Untouched(db, fileId).Select(line => new { line.Mode, line.Currency }).Distinct().ToListAsync(cancel)).ConvertAll(world => (world.Mode, world.Currency));
    }

    private static IQueryable<BankLine> Untouched(RevOpsDb db, Guid? fileId) => db.Set<BankLine>().AsNoTracking()
        .Where(line => line.State == BankLineState.Open && line.AmountMinor > 0 && line.MatchedMinor == 0 && (fileId == null || line.FileId == fileId) && !db.Set<BankMatch>().Any(match => match.LineId == line.Id));
}
