using System.Globalization;

namespace RevOps.Core.Platform;

/// <summary>The company's data as somebody types them, before they become a version.</summary>
public sealed class CompanyEntry
{
    public string LegalName { get; set; } = "";
    public string LegalForm { get; set; } = "";
    public string Capital { get; set; } = "";
    public string RcsCity { get; set; } = "";
    public string Siren { get; set; } = "";
    public string VatNumber { get; set; } = "";
    public bool VatOnDebits { get; set; }
    public string AddressLine1 { get; set; } = "";
    public string AddressLine2 { get; set; } = "";
    public string PostalCode { get; set; } = "";
    public string City { get; set; } = "";
    public string Country { get; set; } = "";
    public string Iban { get; set; } = "";
    public string Bic { get; set; } = "";
    public string EInvoicingAddress { get; set; } = "";
    public string Currency { get; set; } = "";
    public string TimeZone { get; set; } = "";
    public string PaymentTermsDays { get; set; } = "";

    /// <summary>Per cent per year, with a comma or a point.</summary>
    public string PenaltyRate { get; set; } = "";

    public string DiscountText { get; set; } = "";

    public static CompanyEntry Of(CompanyVersion version) => new()
    {
        LegalName = version.LegalName,
        LegalForm = version.LegalForm ?? "",
        Capital = version.Capital ?? "",
        RcsCity = version.RcsCity ?? "",
        Siren = version.Siren ?? "",
        VatNumber = version.VatNumber ?? "",
        VatOnDebits = version.VatOnDebits,
        AddressLine1 = version.AddressLine1 ?? "",
        AddressLine2 = version.AddressLine2 ?? "",
        PostalCode = version.PostalCode ?? "",
        City = version.City ?? "",
        Country = version.Country,
        Iban = Platform.Iban.Grouped(version.Iban ?? ""),
        Bic = version.Bic ?? "",
        EInvoicingAddress = version.EInvoicingAddress ?? "",
        Currency = version.Currency,
        TimeZone = version.TimeZone,
        PaymentTermsDays = version.PaymentTermsDays.ToString(CultureInfo.InvariantCulture),
        PenaltyRate = version.PenaltyRateBasisPoints is { } rate ? (rate / 100m).ToString("0.##", CultureInfo.CurrentCulture) : "",
        DiscountText = version.DiscountText ?? "",
    };

    /// <summary>The version that these data make; only what <see cref="CompanyRules"/> find nothing wrong with.</summary>
    public CompanyVersion ToVersion(Guid id, DateTimeOffset validFrom, string enteredBy) => new()
    {
        Id = id,
        ValidFrom = validFrom,
        FromSettings = false,
        EnteredBy = enteredBy,
        RecordedAt = TimeProvider.System.GetUtcNow(),
        LegalName = LegalName.Trim(),
        LegalForm = Given(LegalForm),
        Capital = Given(Capital),
        RcsCity = Given(RcsCity),
        Siren = Given(Platform.Siren.Tidy(Siren)),
        VatNumber = Given(Platform.VatNumber.Tidy(VatNumber)),
        VatOnDebits = VatOnDebits,
        AddressLine1 = Given(AddressLine1),
        AddressLine2 = Given(AddressLine2),
        PostalCode = Given(PostalCode),
        City = Given(City),
        Country = Country,
        Iban = Given(Platform.Iban.Tidy(Iban)),
        Bic = Given(Platform.Iban.Tidy(Bic)),
        EInvoicingAddress = Given(EInvoicingAddress),
        Currency = Currency,
        TimeZone = TimeZone.Trim(),
        PaymentTermsDays = CompanyRules.Days(PaymentTermsDays) ?? 0,
        PenaltyRateBasisPoints = CompanyRules.BasisPoints(PenaltyRate),
        DiscountText = Given(DiscountText),
    };

    private static string? Given(string text) => text.Trim() is { Length: > 0 } given ? given : null;
}
