using RevOps.Core.Platform;

namespace RevOps.Tests.Platform;

/// <summary>Numbers of companies, tax offices and banks, by their own check digits.</summary>
public sealed class CompanyRulesTests
{
    [Theory]
    [InlineData("732829320", true)]
    [InlineData("552 100 554", true)]
    [InlineData("356000000", true)]
    [InlineData("732829321", false)]
    [InlineData("73282932", false)]
    [InlineData("7328293200", false)]
    [InlineData("73282932O", false)]
    [InlineData("٧٣٢٨٢٩٣٢٠", false)]
    public void Siren_HasACheckDigit(string given, bool valid) => Assert.Equal(valid, Siren.IsValid(Siren.Tidy(given)));

    [Theory]
    [InlineData("FR44732829320", true)]
    [InlineData("fr 44 732 829 320", true)]
    [InlineData("FR83404833048", true)]
    [InlineData("FR45732829320", false)]
    [InlineData("FR44732829321", false)]
    [InlineData("FRK7399859412", true)]
    [InlineData("DE123456789", true)]
    [InlineData("DE12345678", false)]
    [InlineData("BE0123456789", true)]
    [InlineData("BE2123456789", false)]
    [InlineData("ATU12345678", true)]
    [InlineData("AT12345678", false)]
    [InlineData("NL123456789B01", true)]
    [InlineData("EL123456789", true)]
    [InlineData("XI123456789", true)]
    [InlineData("CHE123456789", true)]
    [InlineData("12345678", false)]
    [InlineData("FR", false)]
    [InlineData("", false)]
    public void VatNumber_HasTheFormOfItsCountry(string given, bool valid) => Assert.Equal(valid, VatNumber.IsValid(VatNumber.Tidy(given)));

    [Theory]
    [InlineData("FR76 3000 6000 0112 3456 7890 189", true)]
    [InlineData("GB82WEST12345698765432", true)]
    [InlineData("DE89 3704 0044 0532 0130 00", true)]
    [InlineData("NO9386011117947", true)]
    [InlineData("FR7630006000011234567890188", false)]
    [InlineData("FR763000600001123456789018", false)]
    [InlineData("DE8937040044053201300", false)]
    [InlineData("FR76-3000", false)]
    [InlineData("", false)]
    public void Iban_HasLengthAndCheckDigits(string given, bool valid) => Assert.Equal(valid, Iban.IsValid(Iban.Tidy(given)));

    [Fact]
    public void Iban_TwoNeighboursSwapped_IsCaught()
    {
        const string Good = "FR7630006000011234567890189";
        for (var at = 4; at < Good.Length - 1; at++)
        {
            if (Good[at] == Good[at + 1])
                continue;
            var swapped = Good.ToCharArray();
            (swapped[at], swapped[at + 1]) = (swapped[at + 1], swapped[at]);
            Assert.False(Iban.IsValid(new string(swapped)), new string(swapped));
        }
    }

    [Theory]
    [InlineData("BNPAFRPP", true)]
    [InlineData("BNPAFRPPXXX", true)]
    [InlineData("BNPAFRP", false)]
    [InlineData("BNP1FRPP", false)]
    public void Bic_HasEightOrElevenCharacters(string given, bool valid) => Assert.Equal(valid, Iban.IsBic(Iban.Tidy(given)));

    [Fact]
    public void Entry_OfACompleteFrenchCompany_HasNoProblem() => Assert.Empty(CompanyRules.Check(Complete()));

    [Theory]
    [InlineData(nameof(CompanyEntry.LegalName), " ", "missing")]
    [InlineData(nameof(CompanyEntry.Siren), "", "siren.missing")]
    [InlineData(nameof(CompanyEntry.Siren), "732829321", "siren")]
    [InlineData(nameof(CompanyEntry.VatNumber), "FR83404833048", "vatNumber.siren")]
    [InlineData(nameof(CompanyEntry.PostalCode), "6900", "postalCode.french")]
    [InlineData(nameof(CompanyEntry.Country), "XX", "country")]
    [InlineData(nameof(CompanyEntry.Iban), "FR7630006000011234567890180", "iban")]
    [InlineData(nameof(CompanyEntry.Bic), "BNPA", "bic")]
    [InlineData(nameof(CompanyEntry.Currency), "EURO", "currency")]
    [InlineData(nameof(CompanyEntry.TimeZone), "Mars/Olympus", "timeZone")]
    [InlineData(nameof(CompanyEntry.PaymentTermsDays), "61", "terms.french")]
    [InlineData(nameof(CompanyEntry.PaymentTermsDays), "0", "terms")]
    [InlineData(nameof(CompanyEntry.PaymentTermsDays), "many", "terms")]
    [InlineData(nameof(CompanyEntry.PenaltyRate), "12,155", "penalty")]
    [InlineData(nameof(CompanyEntry.PenaltyRate), "101", "penalty")]
    [InlineData(nameof(CompanyEntry.EInvoicingAddress), "404833048_1", "eInvoicing.siren")]
    public void Entry_WithOneWrongField_NamesItAndNoOther(string field, string value, string expected)
    {
        var entry = Complete();
        typeof(CompanyEntry).GetProperty(field)!.SetValue(entry, value);

        var problem = Assert.Single(CompanyRules.Check(entry));
        Assert.Equal((field, expected), (problem.Key, problem.Value));
    }

    [Theory]
    [InlineData("12,15", 1_215)]
    [InlineData("12.15 %", 1_215)]
    [InlineData("0", 0)]
    [InlineData("100", 10_000)]
    [InlineData("-1", null)]
    [InlineData("1 000", null)]
    public void PenaltyRate_IsReadWithCommaOrPoint(string given, int? expected) => Assert.Equal(expected, CompanyRules.BasisPoints(given));

    internal static CompanyEntry Complete() => new()
    {
        LegalName = "Agence Démo",
        LegalForm = "SAS",
        Capital = "10 000 €",
        RcsCity = "Lyon",
        Siren = "732 829 320",
        VatNumber = "FR 44 732 829 320",
        AddressLine1 = "12 rue de la République",
        PostalCode = "69002",
        City = "Lyon",
        Country = "FR",
        Iban = "FR76 3000 6000 0112 3456 7890 189",
        Bic = "BNPAFRPP",
        EInvoicingAddress = "732829320_FACTURES",
        Currency = "EUR",
        TimeZone = "Europe/Paris",
        PaymentTermsDays = "30",
        PenaltyRate = "12,15",
    };
}
