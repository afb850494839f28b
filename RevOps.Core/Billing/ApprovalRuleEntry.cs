using System.Globalization;
using RevOps.Core.Platform;

namespace RevOps.Core.Billing;

/// <summary>A rule as somebody typed it.</summary>
public sealed record ApprovalRuleEntry
{
    public const int MostClean = 1_000;

    /// <summary>The sender's whole ref; empty: for everybody.</summary>
    public string CustomerRef { get; init; } = "";

    public string Currency { get; init; } = "";

    /// <summary>In whole currency units; empty: never.</summary>
    public string FourEyesFrom { get; init; } = "";

    /// <summary>In whole currency units; empty: never.</summary>
    public string AutoUpTo { get; init; } = "";

    public string CleanInvoices { get; init; } = "5";

    internal long? FourEyesFromMinor => Minor(FourEyesFrom);

    internal long? AutoUpToMinor => Minor(AutoUpTo);

    internal int? Clean => int.TryParse(CleanInvoices.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= MostClean ? count : null;

    /// <summary>What is wrong: the field's name and a code that the page puts into words.</summary>
    public IReadOnlyDictionary<string, string> Check()
    {
        var wrong = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!Platform.Currency.IsKnown(Currency))
            return new Dictionary<string, string>(StringComparer.Ordinal) { [nameof(Currency)] = "currency" };
        if (FourEyesFrom.Trim().Length > 0 && FourEyesFromMinor is null)
            wrong[nameof(FourEyesFrom)] = "amount";
        if (AutoUpTo.Trim().Length > 0 && AutoUpToMinor is null)
            wrong[nameof(AutoUpTo)] = "amount";
        if (Clean is null)
            wrong[nameof(CleanInvoices)] = "clean";

        // What two people have to see nobody may leave unseen.
        if (AutoUpToMinor >= FourEyesFromMinor)
            wrong[nameof(AutoUpTo)] = "overlap";

        // For one customer it says: as everybody, whatever the rule for everybody says.
        if (wrong.Count == 0 && FourEyesFromMinor is null && AutoUpToMinor is null && CustomerRef.Trim().Length == 0)
            wrong[nameof(FourEyesFrom)] = "empty";
        return wrong;
    }

    /// <summary>"1 500,50" and "1500.50" are 150,050 cents; null when it is no positive amount of the currency.</summary>
    private long? Minor(string text)
    {
        var tidy = string.Concat(text.Where(letter => !char.IsWhiteSpace(letter))).Replace(',', '.');
        if (!decimal.TryParse(tidy, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) || amount is <= 0 or > 1_000_000_000 || !Platform.Currency.IsKnown(Currency))
            return null;
        var money = Money.Round(amount, Currency);
        return money.Amount == amount ? money.Minor : null;
    }
}
