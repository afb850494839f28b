using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Receivables.BankFiles;

namespace RevOps.Core.Receivables.Reconciliation;

/// <summary>Reads what a period is reconciled from.</summary>
/// <param name="isInclusive">Of a booking: whether its amount holds the tax, which stands in its sealed content; asked only where net and amount differ.</param>
public sealed class ReconciliationLedger(RevOpsDb db, CompanyVersion owner, Mode mode, string currency, Func<Booking, Task<bool>> isInclusive)
{
    private const int AtOnce = 500;

    public async Task<ReconciliationFacts> LoadAsync(DateOnly from, DateOnly to, DateOnly today, CancellationToken cancel)
    {
        var (start, end) = (owner.StartOf(from), owner.StartOf(to.AddDays(1)));
        var bookings = await Bookings().Where(row => row.OccurredAt >= start && row.OccurredAt < end).ToListAsync(cancel);
        var won = await CoversAsync(from, to < today ? to : today, cancel) ? await Won().Where(deal => deal.WonOn >= from && deal.WonOn <= to).Select(deal => new WonDeal(deal.DealId, deal.WonOn, deal.AmountMinor)).ToListAsync(cancel) : null;
        var outside = await OutsideAsync(won, bookings, cancel);
        List<Booking> all = [.. bookings, .. outside];
        var invoices = await InvoicesAsync(all, cancel);
        return new(from, to, today, won, await WonOutsideAsync(bookings, from, to, cancel), await SoldAsync(bookings, invoices), await SoldAsync(outside, invoices), invoices,
            [.. await LooseAsync(from, to, cancel), .. await ForeignAsync(start, end, cancel)], await CreditsAsync(from, to, cancel), await PaidOutAsync(from, to, cancel))
        {
            Statements = await StatementsAsync(db, mode, cancel),
        };
    }

    /// <summary>The days that the statements of all accounts have in common; null without one.</summary>
    internal static async Task<(DateOnly From, DateOnly To)?> StatementsAsync(RevOpsDb db, Mode mode, CancellationToken cancel)
    {
        var accounts = await db.Set<BankFile>().Where(file => file.Lines == 0 || db.Set<BankLine>().Any(line => line.FileId == file.Id && line.Mode == mode)).GroupBy(file => file.AccountId)
            .Select(group => new { From = group.Min(file => file.From), To = group.Max(file => file.To) }).ToListAsync(cancel);
        return accounts.Count == 0 ? null : (accounts.Max(account => account.From), accounts.Min(account => account.To));
    }

    /// <summary>Whether the CRM's list was read for every day of a period, as far as it is over.</summary>
    private async Task<bool> CoversAsync(DateOnly from, DateOnly to, CancellationToken cancel)
    {
        var lists = await db.Set<CrmList>().AsNoTracking().Where(list => list.To >= from && list.From <= to).OrderBy(list => list.From).Select(list => new { list.From, list.To }).ToListAsync(cancel);
        var next = from;
        foreach (var list in lists.TakeWhile(list => list.From <= next))
            next = list.To >= next ? list.To.AddDays(1) : next;
        return next > to;
    }

    private async Task<List<Booking>> OutsideAsync(List<WonDeal>? won, List<Booking> inside, CancellationToken cancel)
    {
        var found = new List<Booking>();
        foreach (var some in (won ?? []).Select(deal => deal.DealId).Except(inside.Select(row => row.DealId).OfType<string>(), StringComparer.Ordinal).Chunk(AtOnce))
            found.AddRange(await Bookings().Where(row => some.Contains(row.DealId)).ToListAsync(cancel));
        return found;
    }

    private async Task<HashSet<string>> WonOutsideAsync(List<Booking> bookings, DateOnly from, DateOnly to, CancellationToken cancel)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var some in bookings.Select(row => row.DealId).OfType<string>().Chunk(AtOnce))
            found.UnionWith(await Won().Where(deal => some.Contains(deal.DealId) && (deal.WonOn < from || deal.WonOn > to)).Select(deal => deal.DealId).ToListAsync(cancel));
        return found;
    }

    private async Task<List<Sold>> SoldAsync(List<Booking> bookings, List<SoldInvoice> invoices)
    {
        var (net, sold) = (invoices.Where(invoice => invoice.IsIssued).GroupBy(invoice => invoice.BookingId).ToDictionary(group => group.Key, group => (Net: group.Sum(invoice => invoice.NetMinor), Gross: group.Sum(invoice => invoice.GrossMinor))), new List<Sold>());
        foreach (var booking in bookings)
        {
            // What was sold with the tax in it is compared with the tax in it: as its invoice's net, where the gross is the amount.
            var minor = net.TryGetValue(booking.Id, out var sums) && sums.Net != booking.AmountMinor && sums.Gross == booking.AmountMinor && await isInclusive(booking) ? sums.Net : booking.AmountMinor;
            sold.Add(new(booking.Id, booking.Reference, booking.DealId, owner.DayOf(booking.OccurredAt), minor, booking.Status == BookingStatus.Confirmed));
        }

        return sold;
    }

    private async Task<List<SoldInvoice>> InvoicesAsync(List<Booking> bookings, CancellationToken cancel)
    {
        var found = new List<SoldInvoice>();
        foreach (var some in bookings.Chunk(AtOnce))
            found.AddRange(await ChainsAsync(some, cancel));
        return found;
    }

    private async Task<List<SoldInvoice>> ChainsAsync(IReadOnlyList<Booking> bookings, CancellationToken cancel)
    {
        List<string> names = [.. bookings.SelectMany(row => new[] { row.BookingId, row.DealId, row.Reference }).OfType<string>().Distinct(StringComparer.Ordinal)];
        var own = bookings.Select(row => row.InvoiceId).OfType<Guid>().ToList();
        var invoices = await db.Set<Invoice>().AsNoTracking().Where(row => own.Contains(row.Id) || (row.DepositFor != null && names.Contains(row.DepositFor) && row.Mode == mode)
            || db.Set<Invoice>().Any(next => next.ReplacesId == row.Id && own.Contains(next.Id))).ToListAsync(cancel);
        var shares = await SharesOfInvoices.LoadAsync(db, invoices, await SeenAsync(invoices, cancel), owner, cancel);
        var found = new List<SoldInvoice>();
        foreach (var booking in bookings)
        {
            foreach (var invoice in invoices.Where(row => row.Currency == currency && IsOf(row, booking, invoices)).OrderBy(row => row.RecordedAt))
                found.Add(shares.Of(booking, invoice));
        }

        var foreign = await db.Set<ForeignInvoice>().AsNoTracking().Where(row => row.Mode == mode && row.InvoiceId == null && row.Currency == currency && row.Reference != null && names.Contains(row.Reference) && (row.Status == "open" || row.Status == "paid")).ToListAsync(cancel);
        found.AddRange(from row in foreign
                       from booking in bookings
                       where row.Reference == booking.BookingId || row.Reference == booking.DealId
                       select new SoldInvoice(booking.Id, row.Id, row.Number ?? row.StripeInvoiceId, row.Status, IsIssued: true, IsElsewhere: true, row.NetMinor, row.GrossMinor, row.Status == "paid" ? row.GrossMinor : 0, 0));
        return found;
    }

    private static bool IsOf(Invoice invoice, Booking booking, List<Invoice> all) => invoice.Id == booking.InvoiceId
        || (invoice.DepositFor is { } deal && (deal == booking.BookingId || deal == booking.DealId || deal == booking.Reference))
        || all.Exists(next => next.ReplacesId == invoice.Id && next.Id == booking.InvoiceId);

    /// <summary>Of each invoice what was paid and seen at the bank: by itself, or within a payout of Stripe's.</summary>
    private async Task<Dictionary<Guid, long>> SeenAsync(IReadOnlyCollection<Invoice> invoices, CancellationToken cancel)
    {
        var (ids, seen) = (invoices.Select(invoice => invoice.Id).ToList(), new Dictionary<Guid, long>());
        foreach (var some in ids.Chunk(AtOnce))
        {
            foreach (var match in await db.Set<BankMatch>().Where(row => row.UndoneAt == null && row.Kind != MatchKind.Fee && row.Kind != MatchKind.WriteOff && row.InvoiceId != null && some.Contains(row.InvoiceId.Value)).GroupBy(row => row.InvoiceId!.Value).Select(group => new { group.Key, Minor = group.Sum(row => row.AmountMinor) }).ToListAsync(cancel))
                seen[match.Key] = seen.GetValueOrDefault(match.Key) + match.Minor;
            foreach (var part in await db.Set<PayoutPart>().Where(row => row.InvoiceId != null && row.Currency == currency && some.Contains(row.InvoiceId.Value) && db.Set<BankMatch>().Any(match => match.PayoutId == row.PayoutId && match.UndoneAt == null))
                .GroupBy(row => row.InvoiceId!.Value).Select(group => new { group.Key, Minor = group.Sum(row => row.GrossMinor) }).ToListAsync(cancel))
                seen[part.Key] = seen.GetValueOrDefault(part.Key) + part.Minor;
        }

        return seen;
    }

    /// <summary>Issued in the period, on no sale and no deposit of one. History has deals only where somebody entered them.</summary>
    private async Task<List<LooseInvoice>> LooseAsync(DateOnly from, DateOnly to, CancellationToken cancel)
    {
        var invoices = await db.Set<Invoice>().AsNoTracking().Where(row => row.Mode == mode && row.Currency == currency && row.IssuedOn >= from && row.IssuedOn <= to && row.Status != InvoiceStatus.Void
            && (row.DepositFor == null || !db.Set<Booking>().Any(booking => booking.Mode == mode && (booking.BookingId == row.DepositFor || booking.DealId == row.DepositFor || booking.Reference == row.DepositFor)))
            && row.Origin != InvoiceOrigin.OpeningBalance && row.GrossMinor != row.CreditedMinor && !db.Set<Booking>().Any(booking => booking.InvoiceId == row.Id)
            && !db.Set<LateClaim>().Any(claim => claim.ClaimInvoiceId == row.Id) && !db.Set<Invoice>().Any(next => next.ReplacesId == row.Id)).OrderBy(row => row.IssuedOn).ToListAsync(cancel);
        var seen = await SeenAsync(invoices, cancel);
        var credited = await SharesOfInvoices.CreditedAsync(db, [.. invoices.Select(row => row.Id)], cancel);
        var paidOn = await SharesOfInvoices.PaidOnAsync(db, [.. invoices.Select(row => row.Id)], owner, cancel);
        return invoices.ConvertAll(row => new LooseInvoice(row.Id, row.Number ?? row.Reference, row.IssuedOn!.Value, row.NetMinor - credited.GetValueOrDefault(row.Id), row.GrossMinor - row.CreditedMinor, row.PaidMinor, Math.Min(row.PaidMinor, seen.GetValueOrDefault(row.Id)), paidOn.TryGetValue(row.Id, out var day) ? day : null));
    }

    /// <summary>What another program issued in the same Stripe account and names no sale of ours.</summary>
    private async Task<List<LooseInvoice>> ForeignAsync(DateTimeOffset start, DateTimeOffset end, CancellationToken cancel)
    {
        var rows = await db.Set<ForeignInvoice>().AsNoTracking().Where(row => row.Mode == mode && row.Currency == currency && row.InvoiceId == null && (row.Status == "open" || row.Status == "paid") && row.OccurredAt >= start && row.OccurredAt < end
            && !db.Set<Invoice>().Any(invoice => invoice.StripeInvoiceId == row.StripeInvoiceId)
            && !db.Set<Booking>().Any(booking => row.Reference != null && (booking.BookingId == row.Reference || booking.DealId == row.Reference))).ToListAsync(cancel);
        return rows.ConvertAll(row => new LooseInvoice(row.Id, row.Number ?? row.StripeInvoiceId, owner.DayOf(row.OccurredAt), row.NetMinor, row.GrossMinor, row.Status == "paid" ? row.GrossMinor : 0, 0));
    }

    private Task<List<BankCredit>> CreditsAsync(DateOnly from, DateOnly to, CancellationToken cancel) =>
        db.Set<BankLine>().AsNoTracking().Where(row => row.Mode == mode && row.Currency == currency && row.AmountMinor > 0 && row.BookedOn >= from && row.BookedOn <= to)
            .Select(row => new BankCredit(row.Id, row.BookedOn, row.AmountMinor, row.MatchedMinor, row.State == BankLineState.SetAside, row.Reason, row.OwnerId)).ToListAsync(cancel);

    private async Task<List<PaidOut>> PaidOutAsync(DateOnly from, DateOnly to, CancellationToken cancel)
    {
        var payouts = await db.Set<Payout>().AsNoTracking().Where(row => row.Mode == mode && row.Currency == currency && row.AmountMinor > 0 && row.ArrivesOn >= from && row.ArrivesOn <= to && (row.Status == "paid" || row.Status == "in_transit"))
            .Select(row => new { row.Id, row.StripePayoutId, row.ArrivesOn, row.AmountMinor, IsSeen = db.Set<BankMatch>().Any(match => match.PayoutId == row.Id && match.UndoneAt == null) }).ToListAsync(cancel);
        var ids = payouts.ConvertAll(row => row.Id);
        var parts = await db.Set<PayoutPart>().Where(row => ids.Contains(row.PayoutId)).GroupBy(row => row.PayoutId).Select(group => new { group.Key, Minor = group.Sum(row => row.NetMinor) }).ToDictionaryAsync(row => row.Key, row => row.Minor, cancel);
        return payouts.ConvertAll(row => new PaidOut(row.Id, row.StripePayoutId, row.ArrivesOn, row.AmountMinor, row.IsSeen, parts.TryGetValue(row.Id, out var minor) ? minor : null));
    }

    private IQueryable<Booking> Bookings() => db.Set<Booking>().AsNoTracking().Where(row => row.Mode == mode && row.Currency == currency);

    private IQueryable<CrmDeal> Won() => db.Set<CrmDeal>().AsNoTracking().Where(deal => deal.Currency == currency);
}
