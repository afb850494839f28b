using System.Text.Json.Nodes;
using RevOps.Core.Billing;
using RevOps.Core.Platform;
using RevOps.Web.Billing;

namespace RevOps.Tests.Billing;

public sealed class WhatToSendTests
{
    [Fact]
    public void MissingFields_StandWhereTheEventHasThem()
    {
        var sent = JsonNode.Parse(WhatToSend.Of(Paper("B-1", null, ReviewProblem.SirenMissing, ReviewProblem.AddressMissing, ReviewProblem.DescriptionMissing))!)!;

        Assert.Equal(("revops.booking_confirmed.v1", "B-1"), ((string?)sent["type"], (string?)sent["data"]!["bookingId"]));
        Assert.NotNull(sent["data"]!["customer"]!["siren"]);
        Assert.NotNull(sent["data"]!["customer"]!["address"]!["city"]);
        Assert.NotNull(sent["data"]!["lines"]![0]!["description"]);
    }

    [Fact]
    public void Deal_IsSentAsADeal()
    {
        var sent = JsonNode.Parse(WhatToSend.Of(Paper(null, "D-1", ReviewProblem.EmailMissing))!)!;
        Assert.Equal(("revops.deal_won.v1", "D-1"), ((string?)sent["type"], (string?)sent["data"]!["dealId"]));
    }

    [Fact]
    public void WhatNoSenderCanMend_NeedsNoEvent() => Assert.Null(WhatToSend.Of(Paper("B-1", null, ReviewProblem.CompanyIncomplete, ReviewProblem.StripeDiffers)));

    private static InvoicePaper Paper(string? booking, string? deal, params string[] problems) => new()
    {
        Id = Guid.Empty,
        Status = InvoiceStatus.ReadyForReview,
        Correction = InvoiceCorrection.None,
        Mode = Mode.Live,
        Problems = problems,
        PersonId = Guid.Empty,
        CustomerId = Guid.Empty,
        Origin = InvoiceOrigin.Sale,
        Reference = booking ?? deal ?? "",
        Bookings = [new(Guid.Empty, booking, deal, Money.Zero("EUR"), SomeSales.Noon)],
        OccurredAt = SomeSales.Noon,
        DueOn = default,
        DueIsAssumed = true,
        Seller = new(null),
        Lines = [],
        Net = Money.Zero("EUR"),
        Tax = Money.Zero("EUR"),
        Gross = Money.Zero("EUR"),
        Paid = Money.Zero("EUR"),
        Credited = Money.Zero("EUR"),
    };
}
