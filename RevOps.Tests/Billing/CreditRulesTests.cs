using FsCheck;
using FsCheck.Fluent;
using RevOps.Core.Billing;
using RevOps.Core.Platform;

namespace RevOps.Tests.Billing;

public sealed class CreditRulesTests
{
    /// <summary>However a line is credited in parts, what is left is never less than nothing, and the rest of it closes it to the cent.</summary>
    [Fact]
    public void Parts_OfALine_NeverComeToMoreThanIt()
    {
        var lines = from net in Gen.Choose(1, 500_000) from rate in Gen.Elements(0, 550, 1_000, 2_000) from off in Gen.Choose(-1, 1) select (Net: (long)net, Rate: rate, Tax: Math.Max(0, Eur(net).Share(rate).Minor + off));
        var cases = from line in lines from parts in Gen.Choose(1, 100_000).ListOf(6) select (line, parts);
        Check.QuickThrowOnFailure(Prop.ForAll(cases.ToArbitrary(), one =>
        {
            var left = new CreditableLine(Guid.NewGuid(), "1", Eur(one.line.Net), Eur(one.line.Tax), TaxCategory.Standard, one.line.Rate);
            foreach (var part in one.parts.Where(part => part <= left.LeftNet.Minor && part > 0))
            {
                var credited = Assert.Single(CreditRules.Of([left], [new(left.LineId, part)]));
                left = left with { LeftNet = left.LeftNet - credited.Net, LeftTax = left.LeftTax - credited.Tax };
                if (left.LeftNet.Minor < 0 || left.LeftTax.Minor < 0)
                    return false;
            }

            var rest = CreditRules.Whole([left]);
            return rest.Sum(part => part.Net.Minor) == left.LeftNet.Minor && rest.Sum(part => part.Tax.Minor) == left.LeftTax.Minor;
        }));
    }

    [Theory]
    [InlineData(10_001)]
    [InlineData(-1)]
    public void Part_ThatIsNotLeft_IsRefusedByTheNameOfItsLine(long net)
    {
        var line = new CreditableLine(Guid.NewGuid(), "audit", Eur(10_000), Eur(2_000), TaxCategory.Standard, 2_000);
        Assert.Equal("audit", Assert.Throws<CreditRefusedException>(() => CreditRules.Of([line], [new(line.LineId, net)])).Field);
    }

    private static Money Eur(long minor) => new(minor, "EUR");
}
