namespace RevOps.Tests.Journeys;

/// <summary>The stops of the walk, in its order.</summary>
public static class KillStops
{
    public static readonly TheoryData<string> All =
    [
        // The booking comes in.
        "before-save:ReceivedEvent.Type=revops.booking_confirmed.v1",
        "after-save:ReceivedEvent.Type=revops.booking_confirmed.v1",

        // The draft is claimed and made.
        "before-save:OutsideEffect.Target=stripe",
        "before-send:POST /v1/customers",
        "after-send:POST /v1/customers",
        "before-send:POST /v1/invoices",
        "after-send:POST /v1/invoices",
        "after-send:POST /v1/invoices/*/add_lines",
        "before-save:Invoice.Status=ReadyForReview",

        // Finance approves; it is issued and sent.
        "after-save:Invoice.Status=Approved",
        "after-send:POST /v1/invoices/*",
        "before-send:POST /v1/invoices/*/finalize",
        "after-send:POST /v1/invoices/*/finalize",
        "after-send:POST /v1/invoices/*/send",

        // The client pays. After the stops before this one, that may be while nobody listens.
        "before-save:ReceivedEvent.Type=stripe.invoice.paid",
        "after-save:ReceivedEvent.Type=stripe.invoice.paid",
        "after-send:GET /v1/invoice_payments",
        "after-save:Payment",

        // The platforms are told: first of a lead, at last of the payment.
        "before-send:POST /*/*/events",
        "after-send:POST /*/*/events#2",
        "before-send:POST /v1/events:ingest",
        "after-send:POST /v1/events:ingest#4",
        "after-send:GET /v1/requestStatus:retrieve",
    ];
}
