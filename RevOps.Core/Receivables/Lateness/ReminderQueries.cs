using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.Identity;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Receivables.Lateness;

/// <summary>What was sent, and how words would read.</summary>
public sealed class ReminderQueries(IDbContextFactory<RevOpsDb> databases, CompanyProfile company, StripeAccount stripe, Vault vault, ActorNames actors, TimeProvider clock)
{
    public const int PageSize = 50;

    /// <summary>The newest first.</summary>
    public async Task<ReminderLog> LogAsync(int page, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var count = await db.Set<Reminder>().CountAsync(cancel);
        var number = Math.Clamp(page, 1, Math.Max(1, (count + PageSize - 1) / PageSize));
        var rows = await LateQueries.RemindersOf(db, reminder => true).Skip((number - 1) * PageSize).Take(PageSize).ToListAsync(cancel);
        return new(rows, count, number, await actors.OfAsync(rows.Select(row => $"user:{row.UserId}"), cancel), clock.GetUtcNow());
    }

    /// <summary>A real invoice for the preview: the one that is open and due first, else the newest that was issued; null before the first one.</summary>
    public async Task<PreviewInvoice?> SampleAsync(CancellationToken cancel)
    {
        var owner = await company.CurrentAsync(cancel);
        var mode = stripe.Connection?.Mode ?? Mode.Live;
        await using var db = await databases.CreateDbContextAsync(cancel);
        var issued = db.Set<Invoice>().AsNoTracking().Where(invoice => invoice.Mode == mode && invoice.IssuedOn != null && invoice.DueOn != null);
        var invoice = await issued.Where(row => row.Status == InvoiceStatus.Open).OrderBy(row => row.DueOn).ThenBy(row => row.Id).FirstOrDefaultAsync(cancel) ?? await issued.OrderByDescending(row => row.IssuedOn).ThenBy(row => row.Id).FirstOrDefaultAsync(cancel);
        if (invoice is null || await db.Set<Customer>().AsNoTracking().SingleAsync(row => row.Id == invoice.CustomerId, cancel) is not { } customer || await customer.OpenAsync(vault, cancel) is not { } details)
            return null;
        var facts = WriteReminder.FactsOf(invoice, details, owner, owner.DayOf(clock.GetUtcNow()));
        return new(invoice.Id, ReminderWords.LanguageOf(details.Address?.Country, owner.Country), facts with { Owed = invoice.Outstanding.Minor > 0 ? facts.Owed : facts.Total });
    }
}

/// <param name="Names">Of those who sent one by hand, by "user:…".</param>
public sealed record ReminderLog(IReadOnlyList<ReminderRow> Rows, int Count, int Number, IReadOnlyDictionary<string, string> Names, DateTimeOffset AsOf);

/// <summary>An invoice in whose place words are tried.</summary>
/// <param name="Language">In which its client is written to.</param>
public sealed record PreviewInvoice(Guid InvoiceId, string Language, ReminderFacts Facts)
{
    /// <summary>As the client would read it on the rule's day.</summary>
    public ReminderLetter Show(ReminderLetter words, int offsetDays, string language) => ReminderWords.Fill(words, Facts with { Days = offsetDays }, language);
}
