using RevOps.Core.Receivables.Cash;
using RevOps.Web.Shared;

namespace RevOps.Web.Receivables.Cash;

/// <summary>What the reader chose on the page of expected cash; it lives in the address.</summary>
/// <param name="Back">Whole weeks that the rule is tried on.</param>
public sealed record CashChoice(string? Currency, CashFilter Filter, int Back)
{
    public static readonly IReadOnlyList<int> Backs = [4, 8, 13];

    /// <summary>The rows of a part or of a week, in the same currency.</summary>
    public string Rows(CashPart part = CashPart.All, DateOnly? week = null, CashBasis? basis = null)
    {
        var choices = new[]
        {
            part == CashPart.All ? null : $"part={PageUrl.Word(part)}",
            week is { } monday ? $"week={FromUrl.Text(monday)}" : null,
            basis is { } one ? $"basis={PageUrl.Word(one)}" : null,
            Currency is null ? null : $"currency={Currency}",
            Back == Backs[0] ? null : $"back={Back}",
        };
        return $"/receivables/cash?{string.Join('&', choices.OfType<string>())}".TrimEnd('?') + "#rows";
    }

    /// <summary>Another number of weeks is the usual one.</summary>
    public static int ReadBack(string? text) => int.TryParse(text, out var weeks) && Backs.Contains(weeks) ? weeks : Backs[0];
}
