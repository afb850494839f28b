using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Platform;
using RevOps.Tests.Journeys;
using RevOps.Tests.Testing;
using RevOps.Web.Billing;

namespace RevOps.Tests.Billing;

public sealed class MentionCheckTests
{
    private static readonly CompanyVersion Complete = new()
    {
        Id = Guid.Empty, ValidFrom = default, FromSettings = false, LegalName = "Agence", LegalForm = "SAS", Capital = "10 000 €", RcsCity = "Paris", Siren = "732829320", VatNumber = "FR44732829320",
        AddressLine1 = "1 rue de la Paix", PostalCode = "75002", City = "Paris", Country = "FR", Currency = "EUR", TimeZone = "Europe/Paris", PenaltyRateBasisPoints = 1_215, VatOnDebits = true,
    };

    [Fact]
    public void EveryMentionOfABusinessAbroad_IsPrinted() => Assert.Equal(
        [
            "Agence SAS au capital de 10 000 €", "SIREN 732829320 RCS Paris", "TVA FR44732829320", "Siège : 1 rue de la Paix, 75002 Paris", "Prestations du 01/05/2026 au 04/05/2026.", "Prestation de services.",
            "Autoliquidation (article 196 de la directive 2006/112/CE).", "Option pour le paiement de la taxe d'après les débits.", "Pas d'escompte pour paiement anticipé.", "Pénalités de retard : 12,15 % par an.",
            "Indemnité forfaitaire pour frais de recouvrement : 40 €.",
        ],
        InvoiceMentions.Of(Complete, toBusiness: true, new([TaxCategory.ReverseCharge], [new(2026, 5, 1), new(2026, 5, 4)])));

    [Fact]
    public void ARateThatNobodyEntered_IsTheLaws()
    {
        var without = new CompanyVersion { Id = Guid.Empty, ValidFrom = default, FromSettings = false, LegalName = "Agence", Country = "FR", Currency = "EUR", TimeZone = "Europe/Paris" };
        Assert.Contains("Pénalités de retard : taux de refinancement de la Banque centrale européenne majoré de 10 points.", InvoiceMentions.Of(without, toBusiness: true));
        Assert.DoesNotContain(InvoiceMentions.Of(without, toBusiness: false), mention => mention.StartsWith(InvoiceMentions.Penalty, StringComparison.Ordinal));
    }

    /// <summary>As a real draft stands: what the check calls printed went to Stripe in these words.</summary>
    [Fact]
    public async Task ADraft_SaysWhatIsMissingAndWhatBlocks()
    {
        await using var agency = await Agency.OpenAsync();
        var sale = Events.Sale("B-1");
        sale["customer"]!.AsObject().Remove("siren");
        await agency.SendAsync("booking_confirmed", sale);
        await agency.Host.DrainAsync();
        var paper = await agency.Host.Services.GetRequiredService<InvoicePaperQueries>().OfAsync((await agency.InvoiceAsync("B-1")).Id, emailInClear: false, CancellationToken.None);

        var mentions = MentionCheck.Of(paper! with { Company = Complete }).SelectMany(group => group.Mentions).ToDictionary(mention => mention.Name, mention => mention.State);
        Assert.Equal(["BuyerSiren", "OnDebits"], mentions.Where(mention => mention.Value == MentionState.Blocking).Select(mention => mention.Key));
        Assert.Equal(MentionState.AtIssue, mentions["Number"]);
        Assert.All(["SupplyDay", "What", "UnitPrice", "VatPerRate", "Category", "Discount", "Penalty", "FlatCosts", "BuyerAddress"], name => Assert.Equal(MentionState.Fine, mentions[name]));
        Assert.DoesNotContain("ReverseCharge", mentions.Keys);
        Assert.Equal(string.Join('\n', paper.Mentions), (await agency.Host.Services.GetRequiredService<StripeClient>().GetInvoiceAsync(paper.StripeInvoiceId!, CancellationToken.None)).Footer);
    }
}
