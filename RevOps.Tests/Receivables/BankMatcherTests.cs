using RevOps.Core.Billing;
using RevOps.Core.Receivables.Matching;

namespace RevOps.Tests.Receivables;

/// <summary>Payments recognised among open invoices: sure only where exactly one candidate fits, and traps left to a person.</summary>
public sealed class BankMatcherTests
{
    private static readonly DateOnly Day = new(2026, 3, 2);
    private static readonly Guid Durand = Guid.NewGuid(), Acme = Guid.NewGuid(), Other = Guid.NewGuid();

    private static readonly OwedInvoice
        One = new(Guid.NewGuid(), Durand, "F-2026-0042", 144_000, new(2026, 1, 5), "Durand SA", "RF18 5390 0754 7034"),
        Two = new(Guid.NewGuid(), Durand, "F-2026-0043", 20_000, new(2026, 1, 9), "Durand SA"),
        Three = new(Guid.NewGuid(), Acme, "F-2026-0142", 144_000, new(2026, 1, 7), "Société Acme SARL"),
        Four = new(Guid.NewGuid(), Acme, "F-2026-0143", 55_500, new(2026, 1, 8), "Société Acme SARL");

    private static readonly BankMatcher Matcher = new([One, Two, Three, Four]);

    [Theory]
    [InlineData("VIR FACTURE F-2026-0042 MERCI")]
    [InlineData("vir f2026 42")]
    [InlineData("F 2026 0042")]
    [InlineData("Règlement F20260042")]
    public void ANumberAndItsAmount_IsSure(string text) => Check(Assert.Single(Matcher.Of(Money(144_000, text))), MatchRule.Number, isSure: true, (One, 144_000));

    [Theory]
    [InlineData("F-2026-00421")]
    [InlineData("42")]
    [InlineData("2026")]
    [InlineData("G-2026-0042")]
    public void ANumberThatIsAnother_IsNotRecognised(string text) => Assert.DoesNotContain(Matcher.Of(Money(144_000, text)), proposal => proposal.Rule == MatchRule.Number);

    [Fact]
    public void SeveralNumbersTogether_AreSure_AndOneOfThemWhereOnlyItHasTheAmount()
    {
        Check(Assert.Single(Matcher.Of(Money(164_000, "F-2026-0042 et F-2026-0043"))), MatchRule.Number, true, (One, 144_000), (Two, 20_000));
        Check(Assert.Single(Matcher.Of(Money(20_000, "F-2026-0042 F-2026-0043"))), MatchRule.Number, true, (Two, 20_000));

        // Of two clients in one payment a person decides.
        Assert.False(Assert.Single(Matcher.Of(Money(199_500, "F-2026-0042 F-2026-0143"))).IsSure);
    }

    [Fact]
    public void LessOrMoreThanIsOwed_IsProposed_TheOldestFirst()
    {
        Check(Assert.Single(Matcher.Of(Money(100_000, "F-2026-0042"))), MatchRule.NumberOnly, false, (One, 100_000));
        Check(Assert.Single(Matcher.Of(Money(150_000, "F-2026-0042 F-2026-0043"))), MatchRule.NumberOnly, false, (One, 144_000), (Two, 6_000));
        Check(Assert.Single(Matcher.Of(Money(200_000, "F-2026-0042"))), MatchRule.NumberOnly, false, (One, 144_000));
    }

    [Fact]
    public void AReference_GoesBeforeEverything()
    {
        Check(Assert.Single(Matcher.Of(Money(144_000, "F-2026-0142") with { Reference = "RF18539007547034" })), MatchRule.Reference, true, (One, 144_000));
        Assert.False(Assert.Single(Matcher.Of(Money(1, "") with { Reference = "RF18539007547034" })).IsSure);
    }

    [Fact]
    public void AKnownPayer_IsSureWhereOneOfItsInvoicesHasTheAmount()
    {
        Check(Assert.Single(Matcher.Of(Money(144_000, "") with { PayerCustomerId = Acme })), MatchRule.PayerAndAmount, true, (Three, 144_000));
        var twins = new BankMatcher([One, Three with { CustomerId = Durand }]);
        Assert.False(Assert.Single(twins.Of(Money(144_000, "") with { PayerCustomerId = Durand })).IsSure);
        Assert.Empty(Matcher.Of(Money(144_000, "") with { PayerCustomerId = Other }));
    }

    [Fact]
    public void AKnownPayerWhoMayMeanAnother_IsNotSure()
    {
        var matcher = new BankMatcher([One, Two, Three, Four], ["F-2026-0099", "8F3A2B1C-0007"]);
        var paid = Money(144_000, "") with { PayerCustomerId = Durand };
        Assert.True(Assert.Single(matcher.Of(paid)).IsSure);

        // Once more for one that is paid already, whatever it is called; before the invoice was issued; or for two others that come to as much.
        Assert.False(Assert.Single(matcher.Of(paid with { Text = "VIR F-2026-0099" })).IsSure);
        Assert.False(Assert.Single(matcher.Of(paid with { Text = "8f3a2b1c 0007" })).IsSure);
        Assert.False(Assert.Single(matcher.Of(paid with { Text = CreditorReference.Of(Guid.NewGuid()) })).IsSure);
        Assert.False(Assert.Single(matcher.Of(paid with { BookedOn = One.IssuedOn.AddDays(-1) })).IsSure);
        var sums = new BankMatcher([One, Two with { OpenMinor = 100_000 }, Two with { Id = Guid.NewGuid(), Number = "F-2026-0044", OpenMinor = 44_000 }]);
        Assert.False(sums.Of(paid)[0].IsSure);
    }

    [Fact]
    public void AReferenceOfOurs_IsFoundInAnyText()
    {
        var (id, reference) = (Guid.NewGuid(), CreditorReference.Of(One.Id));
        Assert.True(CreditorReference.IsValid(CreditorReference.Grouped(reference)));
        Assert.NotEqual(reference, CreditorReference.Of(id));
        Assert.False(CreditorReference.IsValid(reference[..^1] + (reference[^1] == 'A' ? 'B' : 'A')));
        var matcher = new BankMatcher([One with { Reference = reference }, Two]);
        foreach (var text in new[] { $"VIR {CreditorReference.Grouped(reference)} MERCI", $"REF:{reference}/X", reference.ToLowerInvariant() })
            Check(Assert.Single(matcher.Of(Money(144_000, text))), MatchRule.Reference, true, (One, 144_000));
    }

    [Fact]
    public void ANumberOfManyRuns_IsFound()
    {
        var odd = One with { Number = "8F3A2B1C-0007" };
        Check(Assert.Single(new BankMatcher([odd, Two]).Of(Money(144_000, "facture 8F3A2B1C 0007"))), MatchRule.Number, true, (odd, 144_000));
    }

    [Fact]
    public void AnAmountAndAName_AreProposed_AndAnAmountOfTwoIsNot()
    {
        Check(Assert.Single(Matcher.Of(Money(55_500, "VIR") with { Payer = "ACME" })), MatchRule.AmountAndName, false, (Four, 55_500));
        Assert.DoesNotContain(Matcher.Of(Money(55_500, "VIR") with { Payer = "ACME CONSEIL PARIS X" }), proposal => proposal.IsSure);
        Assert.Empty(Matcher.Of(Money(144_000, "VIR") with { Payer = "DUPONT" }));
        Assert.Empty(Matcher.Of(Money(55_500, "VIR") with { Payer = "DURAND" }));
    }

    [Fact]
    public void SeveralOfOneClient_AreProposedWhereOneSetAloneAddsUp()
    {
        Check(Assert.Single(Matcher.Of(Money(164_000, "VIR") with { Payer = "Durand" })), MatchRule.Several, false, (One, 144_000), (Two, 20_000));
        var ambiguous = new BankMatcher([One, Two, Two with { Id = Guid.NewGuid(), Number = "F-2026-0044" }]);
        Assert.Empty(ambiguous.Of(Money(164_000, "VIR") with { Payer = "Durand" }));
        Assert.Empty(Matcher.Of(Money(-164_000, "VIR") with { Payer = "Durand" }));
    }

    private static IncomingMoney Money(long minor, string text) => new(minor, Day, text, null, null);

    private static void Check(MatchProposal proposal, MatchRule rule, bool isSure, params (OwedInvoice Invoice, long Minor)[] parts)
    {
        Assert.Equal((rule, isSure), (proposal.Rule, proposal.IsSure));
        Assert.Equal(parts.Select(part => (part.Invoice.Id, part.Minor)), proposal.Parts);
    }
}
