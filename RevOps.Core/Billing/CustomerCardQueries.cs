using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Billing;

/// <summary>One customer: what the sender says, what Finance entered, what is missing, and what hangs on it.</summary>
public sealed class CustomerCardQueries(IDbContextFactory<RevOpsDb> databases, Vault vault, CompanyProfile company, StripeAccount stripe)
{
    private const int NewestInvoices = 10;

    /// <param name="id">Whose card.</param>
    /// <param name="clear">False masks e-mail address and phone number, for readers whose work does not need them.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <returns>Null when there is no such customer.</returns>
    public async Task<CustomerCard?> FindAsync(Guid id, bool clear, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.Set<Customer>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel) is not { } customer)
            return null;

        var mode = stripe.Connection?.Mode ?? Mode.Live;
        var (sent, own) = (await customer.OpenSentAsync(vault, cancel), await customer.OpenOwnAsync(vault, cancel));
        var figures = await CustomerFigures.OfAsync(db, [id], mode, (await company.CurrentAsync(cancel)).Currency, cancel);
        return new(customer, figures[id])
        {
            Sent = clear ? sent : sent?.Masked(),
            Own = clear ? own : own?.Masked(),
            MergedInto = customer.MergedIntoId is { } kept ? await NameAsync(db, kept, cancel) : null,
            EarlierStripeIds = await db.Set<Customer>().Where(row => row.MergedIntoId == id && row.StripeCustomerId != null).OrderBy(row => row.Id).Select(row => row.StripeCustomerId!).ToListAsync(cancel),
            CompanyGather = (await BillingRules.CurrentAsync(db, cancel)).Gather,
            IsTwiceAtStripe = await SweepCustomers.IsTwiceAsync(db, id, cancel),
            Invoices = await InvoicesAsync(db, id, mode, cancel),
        };
    }

    private async Task<string?> NameAsync(RevOpsDb db, Guid id, CancellationToken cancel) =>
        (await (await db.Set<Customer>().AsNoTracking().SingleAsync(row => row.Id == id, cancel)).OpenAsync(vault, cancel))?.LegalName;

    private static async Task<IReadOnlyList<CustomerInvoice>> InvoicesAsync(RevOpsDb db, Guid id, Mode mode, CancellationToken cancel)
    {
        var newest = await db.Set<Invoice>().AsNoTracking().Where(row => row.CustomerId == id && row.Mode == mode).OrderByDescending(row => row.OccurredAt).ThenBy(row => row.Id).Take(NewestInvoices).ToListAsync(cancel);
        return newest.ConvertAll(row => new CustomerInvoice(row.Id, row.Number, row.Reference, row.Gross, row.IsIssued && row.Outstanding.Minor != 0 ? row.Outstanding : null, row.OccurredAt));
    }
}

/// <summary>A customer beside the list.</summary>
public sealed record CustomerCard
{
    internal CustomerCard(Customer customer, CustomerFigures figures)
    {
        (Id, Stamp, MergedIntoId, Missing, Gather, Figures) = (customer.Id, customer.Stamp, customer.MergedIntoId, customer.MissingList, customer.Gather, figures);
        (VatStatus, VatCheckedAt, VatIsAtStripe) = (customer.VatStatus, customer.VatCheckedAt, customer.StripeTaxId is not null);
        (StripeCustomerId, StripeMode, DetailsAt) = (customer.StripeCustomerId, customer.StripeMode, customer.DetailsAt);
    }

    public Guid Id { get; }

    /// <summary>What anything that is saved from this card must send back.</summary>
    public string Stamp { get; }

    public Guid? MergedIntoId { get; }

    /// <summary>Legal name of the customer that it was merged into.</summary>
    public string? MergedInto { get; init; }

    /// <summary>Null when its person was erased.</summary>
    public CustomerDetails? Sent { get; init; }

    /// <summary>What Finance entered; null: nothing.</summary>
    public CustomerDetails? Own { get; init; }

    /// <summary>What counts.</summary>
    public CustomerDetails? Details => Sent?.With(Own);

    /// <summary>Codes of <see cref="CustomerGap"/>.</summary>
    public IReadOnlyList<string> Missing { get; }

    public string? VatStatus { get; }
    public DateTimeOffset? VatCheckedAt { get; }

    /// <summary>Stripe has the number: its check can be read again.</summary>
    public bool VatIsAtStripe { get; }

    public string? StripeCustomerId { get; }
    public Mode? StripeMode { get; }

    /// <summary>Stripe's customers of those that were merged into this one: what was issued stays under them.</summary>
    public IReadOnlyList<string> EarlierStripeIds { get; init; } = [];

    /// <summary>The nightly look found more than one customer at Stripe that bears its mark.</summary>
    public bool IsTwiceAtStripe { get; init; }

    /// <summary>When the sender described it last.</summary>
    public DateTimeOffset DetailsAt { get; }

    /// <summary>Null: as <see cref="CompanyGather"/> says.</summary>
    public GatherRule? Gather { get; }

    public GatherRule CompanyGather { get; init; }
    public CustomerFigures Figures { get; }

    /// <summary>The newest.</summary>
    public IReadOnlyList<CustomerInvoice> Invoices { get; init; } = [];
}

/// <param name="Number">Null before it is issued.</param>
/// <param name="Outstanding">Null where nothing is owed of it.</param>
public sealed record CustomerInvoice(Guid Id, string? Number, string Reference, Money Gross, Money? Outstanding, DateTimeOffset OccurredAt);
