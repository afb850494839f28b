using System.Net;

namespace RevOps.Sandbox.Stripe;

/// <summary>The hosted invoice: whoever has the link sees it and can pay it, by a card or a transfer that no bank knows of.</summary>
internal static class ClientPage
{
    public static void Map(WebApplication app, StripeAccount account)
    {
        app.MapGet("/pay/{id}", http => AnswerAsync(http, account, (session, invoice) =>
        {
            var words = ClientPageText.For(http.Request.Headers.AcceptLanguage.ToString());
            return new Answer(200, ClientPageHtml.Render(invoice, session.Documents.All<InvoiceLine>(invoice.Id), words), "text/html; charset=utf-8");
        }));
        app.MapGet("/pay/{id}/pdf", http => AnswerAsync(http, account, (session, invoice) =>
            new Answer(200, InvoicePdf.Write(invoice, session.Documents.All<InvoiceLine>(invoice.Id)), "application/pdf")));
        app.MapPost("/pay/{id}", PayAsync);

        async Task PayAsync(HttpContext http)
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            var means = form["method"] == "card" ? PaidBy.Card : PaidBy.BankTransfer;
            await AnswerAsync(http, account, (session, invoice) =>
            {
                // A second click finds it paid and pays nothing.
                if (invoice.Status is "open" or "uncollectible")
                    Payments.Receive(session, invoice, invoice.AmountRemaining, means);
                return new Answer(303, "") { Headers = new(StringComparer.Ordinal) { ["Location"] = invoice.HostedInvoiceUrl! } };
            });
        }
    }

    private static Task AnswerAsync(HttpContext http, StripeAccount account, Func<StripeSession, Invoice, Answer> show)
    {
        var answer = account.Work(session =>
        {
            // The token is the only key to the page: without it the invoice does not exist.
            var asked = $"/pay/{http.Request.RouteValues["id"]}?token={http.Request.Query["token"]}";
            return session.Documents.Find<Invoice>((string)http.Request.RouteValues["id"]!) is { HostedInvoiceUrl: not null } invoice
                && invoice.HostedInvoiceUrl == asked
                    ? show(session, invoice)
                    : new Answer(404, "<!doctype html><title>404</title><p>No such invoice.", "text/html; charset=utf-8");
        });
        return answer.WriteAsync(http);
    }
}
