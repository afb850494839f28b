using System.Runtime.CompilerServices;

namespace RevOps.Core.Billing.Stripe;

/// <summary>From and including <paramref name="From"/>, up to and not including <paramref name="Until"/>; null: open.</summary>
public readonly record struct StripeRange(DateTimeOffset? From, DateTimeOffset? Until);

/// <summary>The typed reads. Lists fetch every page as they are walked, newest first unless said otherwise.</summary>
public static class StripeReads
{
    private const int PageSize = 100;

    /// <summary>The invoice with the first page of its lines and of its payments.</summary>
    public static Task<StripeInvoice> GetInvoiceAsync(this StripeClient stripe, string id, CancellationToken cancellation = default) =>
        stripe.GetAsync<StripeInvoice>($"/v1/invoices/{StripeRequests.Id(id)}?expand[]=payments", cancellation);

    public static Task<StripeCustomer> GetCustomerAsync(this StripeClient stripe, string id, CancellationToken cancellation = default) =>
        stripe.GetAsync<StripeCustomer>($"/v1/customers/{StripeRequests.Id(id)}", cancellation);

    public static Task<StripeTaxId> GetTaxIdAsync(this StripeClient stripe, string customerId, string id, CancellationToken cancellation = default) =>
        stripe.GetAsync<StripeTaxId>($"/v1/customers/{StripeRequests.Id(customerId)}/tax_ids/{StripeRequests.Id(id)}", cancellation);

    public static IAsyncEnumerable<StripeTaxId> ListTaxIdsAsync(this StripeClient stripe, string customerId, CancellationToken cancellation = default) =>
        stripe.PagesAsync<StripeTaxId>($"/v1/customers/{StripeRequests.Id(customerId)}/tax_ids", new StripeForm(), cancellation);

    /// <summary>All lines, every page: a total may be compared only against all of them.</summary>
    public static async Task<IReadOnlyList<StripeLine>> GetLinesAsync(this StripeClient stripe, string invoiceId, CancellationToken cancellation = default)
    {
        var lines = new List<StripeLine>();
        await foreach (var line in stripe.PagesAsync<StripeLine>($"/v1/invoices/{StripeRequests.Id(invoiceId)}/lines", new StripeForm(), cancellation))
            lines.Add(line);
        return lines;
    }

    /// <summary>All lines of an invoice that was just read: those beyond the page that it holds cost a call, the others none.</summary>
    public static Task<IReadOnlyList<StripeLine>> GetLinesAsync(this StripeClient stripe, StripeInvoice invoice, CancellationToken cancellation = default) =>
        invoice.Lines is { HasMore: false, Data: var all } ? Task.FromResult(all) : stripe.GetLinesAsync(invoice.Id, cancellation);

    /// <summary>All payments of an invoice that was just read, in the same way.</summary>
    public static async Task<IReadOnlyList<StripePayment>> GetPaymentsAsync(this StripeClient stripe, StripeInvoice invoice, CancellationToken cancellation = default) =>
        invoice.Payments is { HasMore: false, Data: var all } ? all : await stripe.ListPaymentsAsync(invoice.Id, cancellation).ToListAsync(cancellation);

    public static Task<StripePaymentRecord> GetPaymentRecordAsync(this StripeClient stripe, string id, CancellationToken cancellation = default) =>
        stripe.GetAsync<StripePaymentRecord>($"/v1/payment_records/{StripeRequests.Id(id)}", cancellation);

    /// <summary>The list API, because search lags behind by up to an hour: this finds what was made a second ago.</summary>
    public static IAsyncEnumerable<StripeCustomer> ListCustomersAsync(this StripeClient stripe, StripeRange created = default, CancellationToken cancellation = default) =>
        stripe.PagesAsync<StripeCustomer>("/v1/customers", Created(new StripeForm(), created), cancellation);

    /// <param name="status">draft, open, paid, uncollectible or void; null: all.</param>
    public static IAsyncEnumerable<StripeInvoice> ListInvoicesAsync(
        this StripeClient stripe, string? customerId = null, string? status = null, StripeRange created = default, CancellationToken cancellation = default) =>
        stripe.PagesAsync<StripeInvoice>("/v1/invoices", Created(new StripeForm().Add("customer", customerId).Add("status", status), created), cancellation);

    public static IAsyncEnumerable<StripePayment> ListPaymentsAsync(this StripeClient stripe, string invoiceId, CancellationToken cancellation = default) =>
        stripe.PagesAsync<StripePayment>("/v1/invoice_payments", new StripeForm().Add("invoice", invoiceId), cancellation);

    /// <summary>The payments that one payment intent made: Stripe's refunds and disputes name only that.</summary>
    public static IAsyncEnumerable<StripePayment> ListPaymentsOfIntentAsync(this StripeClient stripe, string paymentIntent, CancellationToken cancellation = default) =>
        stripe.PagesAsync<StripePayment>("/v1/invoice_payments", new StripeForm().Add("payment[type]", "payment_intent").Add("payment[payment_intent]", paymentIntent), cancellation);

    public static IAsyncEnumerable<StripeRefund> ListRefundsAsync(this StripeClient stripe, string paymentIntent, CancellationToken cancellation = default) =>
        stripe.PagesAsync<StripeRefund>("/v1/refunds", new StripeForm().Add("payment_intent", paymentIntent), cancellation);

    public static IAsyncEnumerable<StripeDispute> ListDisputesAsync(this StripeClient stripe, string paymentIntent, CancellationToken cancellation = default) =>
        stripe.PagesAsync<StripeDispute>("/v1/disputes", new StripeForm().Add("payment_intent", paymentIntent), cancellation);

    public static IAsyncEnumerable<StripeCreditNote> ListCreditNotesAsync(this StripeClient stripe, string invoiceId, CancellationToken cancellation = default) =>
        stripe.PagesAsync<StripeCreditNote>("/v1/credit_notes", new StripeForm().Add("invoice", invoiceId), cancellation);

    /// <summary>All lines of a credit note that was just read.</summary>
    public static async Task<IReadOnlyList<StripeCreditedLine>> GetCreditedLinesAsync(this StripeClient stripe, StripeCreditNote note, CancellationToken cancellation = default) =>
        note.Lines is { HasMore: false, Data: var all } ? all
            : await stripe.PagesAsync<StripeCreditedLine>($"/v1/credit_notes/{StripeRequests.Id(note.Id)}/lines", new StripeForm(), cancellation).ToListAsync(cancellation);

    /// <summary>
    /// With <paramref name="endingBefore"/>, what came after that event, oldest first; without, newest first. Stripe keeps events for
    /// 30 days.
    /// </summary>
    /// <param name="delivered">False: only those that no webhook of ours took; null: all.</param>
    /// <param name="type">Such as "invoice.sent"; null: all.</param>
    public static IAsyncEnumerable<StripeEvent> ListEventsAsync(
        this StripeClient stripe, string? endingBefore = null, StripeRange created = default, bool? delivered = null, string? type = null, CancellationToken cancellation = default)
    {
        var filter = Created(new StripeForm().Add("delivery_success", delivered).Add("type", type), created);
        return endingBefore is null
            ? stripe.PagesAsync<StripeEvent>("/v1/events", filter, cancellation)
            : stripe.PagesSinceAsync<StripeEvent>("/v1/events", filter, endingBefore, cancellation);
    }

    /// <summary>One page of customers with their tax numbers, newest first, after the one that was read last.</summary>
    public static Task<StripeList<StripeCustomer>> PageOfCustomersAsync(this StripeClient stripe, StripeRange created, string? after, CancellationToken cancellation) =>
        stripe.PageAsync<StripeCustomer>("/v1/customers", created, after, "data.tax_ids", cancellation);

    /// <summary>One page of invoices with the first page of their lines and payments each.</summary>
    public static Task<StripeList<StripeInvoice>> PageOfInvoicesAsync(this StripeClient stripe, StripeRange created, string? after, CancellationToken cancellation) =>
        stripe.PageAsync<StripeInvoice>("/v1/invoices", created, after, "data.payments", cancellation);

    public static Task<StripeList<StripeRefund>> PageOfRefundsAsync(this StripeClient stripe, StripeRange created, string? after, CancellationToken cancellation) =>
        stripe.PageAsync<StripeRefund>("/v1/refunds", created, after, expand: null, cancellation);

    public static Task<StripeList<StripeDispute>> PageOfDisputesAsync(this StripeClient stripe, StripeRange created, string? after, CancellationToken cancellation) =>
        stripe.PageAsync<StripeDispute>("/v1/disputes", created, after, expand: null, cancellation);

    public static Task<StripeList<StripePayout>> PageOfPayoutsAsync(this StripeClient stripe, StripeRange created, string? after, CancellationToken cancellation) =>
        stripe.PageAsync<StripePayout>("/v1/payouts", created, after, expand: null, cancellation);

    public static Task<StripePayout> GetPayoutAsync(this StripeClient stripe, string id, CancellationToken cancellation) =>
        stripe.GetAsync<StripePayout>($"/v1/payouts/{StripeRequests.Id(id)}", cancellation);

    /// <summary>One page of what an automatic payout carries, each with what moved; Stripe refuses to say it of others.</summary>
    public static Task<StripeList<StripeBalanceTransaction>> PageOfPayoutPartsAsync(this StripeClient stripe, string payout, string? after, CancellationToken cancellation) =>
        stripe.GetAsync<StripeList<StripeBalanceTransaction>>(Query("/v1/balance_transactions", new StripeForm().Add("expand[]", "data.source").Add("payout", payout), "starting_after", after), cancellation);

    private static Task<StripeList<T>> PageAsync<T>(this StripeClient stripe, string path, StripeRange created, string? after, string? expand, CancellationToken cancellation)
        where T : StripeObject => stripe.GetAsync<StripeList<T>>(Query(path, Created(new StripeForm().Add("expand[]", expand), created), "starting_after", after), cancellation);

    private static async Task<T> GetAsync<T>(this StripeClient stripe, string path, CancellationToken cancellation) where T : class =>
        (await stripe.GetAsync(path, cancellation)).Read<T>();

    private static StripeForm Created(StripeForm form, StripeRange range) =>
        form.Add("created[gte]", range.From).Add("created[lt]", range.Until);

    private static async IAsyncEnumerable<T> PagesAsync<T>(
        this StripeClient stripe, string path, StripeForm filter, [EnumeratorCancellation] CancellationToken cancellation) where T : StripeObject
    {
        for (string? last = null; ;)
        {
            var page = await stripe.GetAsync<StripeList<T>>(Query(path, filter, "starting_after", last), cancellation);
            foreach (var item in page.Data)
                yield return item;
            if (!page.HasMore || page.Data.Count == 0)
                yield break;
            last = page.Data[^1].Id;
        }
    }

    // Each page holds what comes right after the cursor, and is itself newest first.
    private static async IAsyncEnumerable<T> PagesSinceAsync<T>(
        this StripeClient stripe, string path, StripeForm filter, string first, [EnumeratorCancellation] CancellationToken cancellation) where T : StripeObject
    {
        for (var cursor = first; ;)
        {
            var page = await stripe.GetAsync<StripeList<T>>(Query(path, filter, "ending_before", cursor), cancellation);
            foreach (var item in page.Data.Reverse())
                yield return item;
            if (!page.HasMore || page.Data.Count == 0)
                yield break;
            cursor = page.Data[0].Id;
        }
    }

    private static string Query(string path, StripeForm filter, string cursor, string? id) =>
        $"{path}?{new StripeForm().Add("limit", PageSize).Add(cursor, id)}{(filter.IsEmpty ? "" : $"&{filter}")}";
}
