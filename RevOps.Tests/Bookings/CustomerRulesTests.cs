using RevOps.Core.Bookings;

namespace RevOps.Tests.Bookings;

public sealed class CustomerRulesTests
{
    private static readonly CustomerDetails Sent = new() { Ref = "C-1", Siren = "732829320" };

    [Theory]
    [InlineData("Siren", "732829321", "siren")]
    [InlineData("Siren", "73282932", "siren")]
    [InlineData("VatNumber", "FR45732829320", "vatNumber")]
    [InlineData("VatNumber", "DE12345", "vatNumber")]
    [InlineData("VatNumber", "FR83404833048", "vatNumber.siren")]
    [InlineData("Email", "ann@example", "email")]
    [InlineData("Email", "Ann <ann@example.com>", "email")]
    [InlineData("Phone", "call me", "phone")]
    [InlineData("Kind", "ghost", "kind")]
    [InlineData("Gather", "PerYear", "gather")]
    public void Check_NamesTheFieldAndWhatIsWrong(string field, string value, string problem)
    {
        var entry = new CustomerEntry();
        typeof(CustomerEntry).GetProperty(field)!.SetValue(entry, value);
        Assert.Equal([KeyValuePair.Create(field, problem)], CustomerRules.Check(entry, Sent));
    }

    [Fact]
    public void Check_WantsAnAddressWhole()
    {
        var wrong = CustomerRules.Check(new() { City = "Paris" }, Sent);
        Assert.Equal(["Country", "Line1", "PostalCode"], wrong.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("postalCode.french", CustomerRules.Check(new() { Line1 = "1 rue de la Paix", PostalCode = "7500", City = "Paris", Country = "FR" }, Sent)["PostalCode"]);
    }

    [Fact]
    public void Entry_SaysOnlyWhatWasEntered()
    {
        Assert.Null(new CustomerEntry { LegalName = "  " }.ToDetails("C-1"));
        var entry = new CustomerEntry { LegalName = " Acme ", Siren = "732 829 320", VatNumber = "fr 44 732 829 320", Kind = CustomerEntry.Consumer };
        Assert.Empty(CustomerRules.Check(entry, Sent));
        Assert.Equal(new CustomerDetails { Ref = "C-1", LegalName = "Acme", Siren = "732829320", VatNumber = "FR44732829320", IsBusiness = false }, entry.ToDetails("C-1"));
        Assert.Equal(entry.ToDetails("C-1"), CustomerEntry.Of(entry.ToDetails("C-1"), null).ToDetails("C-1"));
    }
}
