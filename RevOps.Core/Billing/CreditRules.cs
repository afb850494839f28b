using RevOps.Core.Platform;

namespace RevOps.Core.Billing;

/// <summary>A line of an issued invoice, and what earlier credit notes left of it.</summary>
/// <param name="LeftNet">Net that may still be credited.</param>
/// <param name="LeftTax">Its tax.</param>
public sealed record CreditableLine(Guid LineId, string Key, Money LeftNet, Money LeftTax, TaxCategory Category, int RateBasisPoints)
{
    public Money LeftGross => LeftNet + LeftTax;
}

/// <summary>What somebody wants back of a line.</summary>
/// <param name="NetMinor">Without tax, in minor units; of the sign of the line.</param>
public sealed record CreditAsked(Guid LineId, long NetMinor);

/// <summary>What a credit note takes back of a line.</summary>
public sealed record CreditPart(CreditableLine Line, Money Net, Money Tax)
{
    public Money Gross => Net + Tax;
}

/// <summary>Turns what is asked for into the lines of a credit note, to the cent: several parts of a line never come to more than it.</summary>
public static class CreditRules
{
    /// <summary>All that is left of every line.</summary>
    public static IReadOnlyList<CreditPart> Whole(IEnumerable<CreditableLine> lines) =>
        [.. lines.Where(line => line.LeftNet.Minor != 0 || line.LeftTax.Minor != 0).Select(line => new CreditPart(line, line.LeftNet, line.LeftTax))];

    /// <summary>The parts asked for; the last part of a line takes the tax that rounding left.</summary>
    /// <exception cref="CreditRefusedException">A line is unknown, named twice, or asked for more than is left of it; nothing is credited, or less than nothing.</exception>
    public static IReadOnlyList<CreditPart> Of(IReadOnlyList<CreditableLine> lines, IReadOnlyList<CreditAsked> asked)
    {
        if (asked.DistinctBy(part => part.LineId).Count() != asked.Count)
            throw new CreditRefusedException("lines", "Each line is named once.");
        var known = lines.ToDictionary(line => line.LineId);
        var parts = asked.Where(part => part.NetMinor != 0).Select(part => known.TryGetValue(part.LineId, out var line)
            ? Of(line, part.NetMinor)
            : throw new CreditRefusedException("lines", "A line of this invoice is expected.")).ToList();
        return parts.Sum(part => part.Gross.Minor) > 0 ? parts : throw new CreditRefusedException("amount", "More than nothing is expected.");
    }

    private static CreditPart Of(CreditableLine line, long netMinor)
    {
        var left = line.LeftNet.Minor;
        if (Math.Sign(netMinor) != Math.Sign(left) || Math.Abs(netMinor) > Math.Abs(left))
            throw new CreditRefusedException(line.Key, $"At most {line.LeftNet} is left of this line.");
        if (netMinor == left)
            return new(line, line.LeftNet, line.LeftTax);
        var (net, tax) = (new Money(netMinor, line.LeftNet.Currency), new Money(netMinor, line.LeftNet.Currency).Share(line.RateBasisPoints));

        // Tax spread by the cent over the lines may be a cent less than the line's own.
        return new(line, net, Math.Abs(tax.Minor) > Math.Abs(line.LeftTax.Minor) ? line.LeftTax : tax);
    }
}

/// <summary>A credit note that cannot be made as asked for.</summary>
/// <param name="field">What is wrong.</param>
/// <param name="expected">What was expected.</param>
public sealed class CreditRefusedException(string field, string expected) : Exception($"{field}: {expected}")
{
    public string Field { get; } = field;
    public string Expected { get; } = expected;
}
