using System.Globalization;
using RevOps.Core.Catalogue;
using RevOps.Core.Conversions;
using RevOps.Core.Ingestion;
using RevOps.Core.Platform;

namespace RevOps.Web.Settings;

/// <summary>One stage at one platform, while it is being chosen.</summary>
/// <param name="rule">As it is.</param>
/// <param name="currency">Of the company: a fixed value is in it.</param>
public sealed class StageRow(StageRule rule, string currency)
{
    // The stand-in's number is nobody's choice.
    private readonly string before = rule.IsSandbox || !rule.IsNamed ? "" : rule.Name;
    private string? name;
    private string? fixedText;

    public StageRule Rule => rule;

    public string Currency => rule.Fixed?.Currency ?? currency;

    public bool Sends { get; set; } = rule.Sends;

    public string Name
    {
        get => name ?? before;
        set => name = value.Trim();
    }

    public ValueRule Value { get; set; } = rule.Value;

    /// <summary>The fixed value as it is typed.</summary>
    public string FixedText
    {
        get => fixedText ?? (rule.Fixed is { } value ? value.Amount.ToString("0.##", CultureInfo.CurrentCulture) : "");
        set => fixedText = value.Trim();
    }

    public bool IsShared { get; set; } = rule.IsShared;

    public bool IsInStore { get; set; } = rule.IsInStore;

    public bool IsChanged => Sends != rule.Sends || Name != before || Value != rule.Value || Fixed != rule.Fixed || IsShared != rule.IsShared || IsInStore != rule.IsInStore;

    /// <summary>For the check of all of them together.</summary>
    public StageRule Chosen => rule with { Sends = Sends, Name = rule.IsNamed ? Name : "", Value = Value, Fixed = Fixed, IsShared = IsShared, IsInStore = IsInStore };

    public ChosenStage ToStore => ChosenStage.Of(Chosen) with { Name = rule.LockedBy is null ? Chosen.Name : "" };

    // Another rule keeps no amount: what nobody sees counts for nothing.
    private Money? Fixed => Value == ValueRule.Fixed && CatalogueRules.Minor(FixedText, Currency) is { } minor ? new Money(minor, Currency) : null;
}
