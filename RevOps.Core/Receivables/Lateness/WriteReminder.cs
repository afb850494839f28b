using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Mail;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Receivables.Lateness;

/// <summary>Writes one reminder and the mail that carries it, to be saved together.</summary>
public sealed class WriteReminder(Vault vault, MailDesk mails, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Of the mail, on the Mail page.</summary>
    public const string MailKind = "reminder";

    // A reminder that could not leave for longer might reach somebody who has paid since.
    private static readonly TimeSpan Lasts = TimeSpan.FromDays(2);

    /// <summary>Adds both to the context.</summary>
    /// <param name="db">Whose caller saves.</param>
    /// <param name="invoice">Nothing stops it.</param>
    /// <param name="words">Of the rule, or the one that comes nearest.</param>
    /// <param name="offsetDays">The rule's; by hand the days that it is late.</param>
    /// <param name="owner">The company as it stands.</param>
    /// <param name="userId">Who asked for it; null: the rule did.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <returns>False where the client has no address.</returns>
    public async Task<bool> AddAsync(RevOpsDb db, Invoice invoice, ReminderRule words, int offsetDays, CompanyVersion owner, Guid? userId, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (await db.Set<Customer>().FindAsync([invoice.CustomerId], cancel) is not { } customer || await customer.OpenAsync(vault, cancel) is not { Email: { Length: > 0 } address } details)
            return false;
        var language = ReminderWords.LanguageOf(details.Address?.Country, owner.Country);
        var facts = FactsOf(invoice, details, owner, owner.DayOf(now));

        // What was paid and went back is paid at Stripe: its page there takes nothing more.
        var letter = ReminderWords.Fill(ReminderWords.Of(words, language), invoice.Status == InvoiceStatus.Paid ? facts with { Link = null } : facts, language);
        var mail = await mails.QueueAsync<MailReminder>(db, new(MailKind, address, letter.Subject, letter.Text) { SubjectId = customer.Id, Owner = customer.OwnerId, Lasts = Lasts }, cancel);
        db.Add(new Reminder { Id = Guid.CreateVersion7(), InvoiceId = invoice.Id, OffsetDays = offsetDays, MailId = mail, OwedMinor = invoice.Outstanding.Minor, UserId = userId, OccurredAt = now });
        await audit.WriteAsync(db, new(userId is { } user ? $"user:{user}" : AuditTrail.System, "invoice.reminded", nameof(Invoice), invoice.Id.ToString())
        {
            After = new { OffsetDays = offsetDays, Language = language, OwedMinor = invoice.Outstanding.Minor, invoice.Currency, Mail = mail },
        }, cancel);
        return true;
    }

    /// <summary>What the words say of an invoice today.</summary>
    internal static ReminderFacts FactsOf(Invoice invoice, CustomerDetails details, CompanyVersion owner, DateOnly today) => new(
        details.LegalName ?? details.Ref, invoice.Number ?? invoice.Reference, invoice.Outstanding, invoice.Gross, invoice.IssuedOn!.Value, invoice.DueOn!.Value,
        today.DayNumber - invoice.DueOn.Value.DayNumber, invoice.HostedUrl, owner.LegalName, owner.Iban);
}
