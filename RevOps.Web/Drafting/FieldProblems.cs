using Microsoft.Extensions.Localization;
using RevOps.Core.Billing;

namespace RevOps.Web.Drafting;

/// <summary>What is wrong with what was typed, in words, by field.</summary>
public sealed class FieldProblems(IReadOnlyList<EditFault> faults, IStringLocalizer<DraftingTexts> text)
{
    public int Count => faults.Count;

    public string? Of(string field) => faults.FirstOrDefault(fault => fault.Field == field) is { Code: var code } ? text["Fault." + code].Value : null;

    /// <summary>Those that are shown before anybody saves: what is not there yet is no fault while somebody types.</summary>
    public static IReadOnlyList<EditFault> WhileTyping(IReadOnlyList<EditFault> faults) => [.. faults.Where(fault => fault.Code is not ("text.missing" or "customer" or "price.missing"))];
}
