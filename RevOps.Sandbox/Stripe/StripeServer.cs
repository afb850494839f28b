using System.Text.Json.Nodes;

namespace RevOps.Sandbox.Stripe;

/// <summary>Every route that the stand-in knows; any other is refused, as at Stripe.</summary>
internal sealed class StripeServer(WebApplication app, StripePipeline pipeline)
{
    public static void Map(WebApplication app, StripeAccount account, Webhooks webhooks, Faults faults)
    {
        var server = new StripeServer(app, new StripePipeline(account, faults));
        server.MapCustomers();
        server.MapInvoices();
        server.MapMoney();
        ClientPage.Map(app, account);
        StripeControl.Map(app, account, webhooks);
        ControlEndpoints.Map(app, faults, () => account.Work(StripeEffects.Show));
        app.MapFallback("{*path}", http => Unrecognized(http.Request).WriteAsync(http));
    }

    private void MapCustomers()
    {
        Get("/v1/account", StripeAccountRoute.Read);
        Post("/v1/customers", Customers.Create);
        Get("/v1/customers", Customers.List);
        Get("/v1/customers/{id}", Customers.Read);
        Post("/v1/customers/{id}", Customers.Update);
        Post("/v1/customers/{id}/tax_ids", TaxIds.Create);
        Get("/v1/customers/{id}/tax_ids", TaxIds.List);
        Get("/v1/customers/{id}/tax_ids/{sub}", TaxIds.Read);
        Delete("/v1/customers/{id}/tax_ids/{sub}", TaxIds.Delete);
        Post("/v1/tax_rates", TaxRates.Create);
        Get("/v1/tax_rates", TaxRates.List);
        Get("/v1/tax_rates/{id}", TaxRates.Read);
    }

    private void MapInvoices()
    {
        Post("/v1/invoices", Invoices.Create);
        Get("/v1/invoices", Invoices.List);
        Get("/v1/invoices/{id}", Invoices.Read);
        Post("/v1/invoices/{id}", Invoices.Update);
        Delete("/v1/invoices/{id}", Invoices.Delete);
        Get("/v1/invoices/{id}/lines", InvoiceLines.List);
        Post("/v1/invoices/{id}/add_lines", InvoiceLines.Add);
        Post("/v1/invoices/{id}/update_lines", InvoiceLines.Update);
        Post("/v1/invoices/{id}/remove_lines", InvoiceLines.Remove);
        Post("/v1/invoices/{id}/finalize", InvoiceActions.Finalize);
        Post("/v1/invoices/{id}/send", InvoiceActions.Send);
        Post("/v1/invoices/{id}/pay", InvoiceActions.Pay);
        Post("/v1/invoices/{id}/attach_payment", PaymentRecords.Attach);
        Post("/v1/invoices/{id}/void", InvoiceActions.Void);
        Post("/v1/invoices/{id}/mark_uncollectible", InvoiceActions.MarkUncollectible);
        Post("/v1/credit_notes", CreditNotes.Create);
        Get("/v1/credit_notes", CreditNotes.List);
        Get("/v1/credit_notes/preview", CreditNotes.Preview);
        Get("/v1/credit_notes/{id}", CreditNotes.Read);
        Post("/v1/credit_notes/{id}", CreditNotes.Update);
        Get("/v1/credit_notes/{id}/lines", CreditNotes.Lines);
        Post("/v1/credit_notes/{id}/void", CreditNotes.Void);
    }

    private void MapMoney()
    {
        Get("/v1/invoice_payments", Payments.List);
        Get("/v1/invoice_payments/{id}", Payments.Read);
        Post("/v1/payment_records/report_payment", PaymentRecords.Report);
        Get("/v1/payment_records/{id}", PaymentRecords.Read);
        Post("/v1/payment_records/{id}/report_refund", PaymentRecords.ReportRefund);
        Post("/v1/refunds", Refunds.Create);
        Get("/v1/refunds", Refunds.List);
        Get("/v1/refunds/{id}", Refunds.Read);
        Get("/v1/disputes", Disputes.List);
        Get("/v1/disputes/{id}", Disputes.Read);
        Get("/v1/balance_transactions", Balance.List);
        Get("/v1/balance_transactions/{id}", Balance.Read);
        Get("/v1/payouts", Payouts.List);
        Get("/v1/payouts/{id}", Payouts.Read);
        Get("/v1/events", StripeEvents.List);
        Get("/v1/events/{id}", StripeEvents.Read);
    }

    private void Get(string route, Func<StripeCall, JsonObject> handler) => app.MapGet(route, pipeline.For(route, handler));

    private void Post(string route, Func<StripeCall, JsonObject> handler) => app.MapPost(route, pipeline.For(route, handler));

    private void Delete(string route, Func<StripeCall, JsonObject> handler) => app.MapDelete(route, pipeline.For(route, handler));

    private static Answer Unrecognized(HttpRequest request) => new StripeException(404, "invalid_request_error", "url_invalid",
        $"Unrecognized request URL ({request.Method}: {request.Path}). The sandbox serves only the routes that RevOps uses.").ToAnswer();
}
