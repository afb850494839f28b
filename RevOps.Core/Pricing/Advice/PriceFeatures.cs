using System.Reflection;

namespace RevOps.Core.Pricing.Advice;

/// <summary>
/// All that a price may follow: the slot, its day, its service and what was set. Whatever else a record of the engine's inputs comes to hold is refused
/// until it is written down here, by somebody who has asked whether it is personal.
/// </summary>
public static class PriceFeatures
{
    /// <summary>The records that go into the engine.</summary>
    public static readonly IReadOnlyList<Type> Inputs = [typeof(PriceRules), typeof(PriceBound), typeof(DecisionTerms), typeof(SlotState), typeof(PastSlot), typeof(PastRequest)];

    /// <summary>Kept by hand: record and property.</summary>
    public static readonly IReadOnlyList<string> Allowed =
    [
        "PriceRules.BaseMinor", "PriceRules.FloorMinor", "PriceRules.CeilingMinor", "PriceRules.MostDailyChange", "PriceRules.Attitude", "PriceRules.Bounds",
        "PriceBound.Kind", "PriceBound.From", "PriceBound.To", "PriceBound.FloorMinor", "PriceBound.CeilingMinor",
        "DecisionTerms.StepMinor", "DecisionTerms.IsPaused", "DecisionTerms.IsShadow", "DecisionTerms.ApprovalAbove", "DecisionTerms.AcceptsByRule",
        "SlotState.PriceMinor", "SlotState.Capacity", "SlotState.Booked", "SlotState.UsualLoad", "SlotState.RemainingDemand", "SlotState.SalesInMonth", "SlotState.BookedByMorning",
        "PastSlot.Day", "PastSlot.Capacity", "PastSlot.Requests", "PastRequest.LeadDays", "PastRequest.PriceMinor", "PastRequest.Refused", "PastRequest.Places", "PastRequest.ListMinor", "PastRequest.IsApart",
    ];

    /// <summary>Nothing but numbers, days and switches can stand there: no text, no id, by which a person could be told.</summary>
    private static readonly Type[] Plain = [typeof(int), typeof(int?), typeof(long), typeof(double), typeof(bool), typeof(DateOnly), typeof(PriceAttitude), typeof(BoundKind), typeof(IReadOnlyList<PriceBound>), typeof(IReadOnlyList<PastRequest>)];

    /// <summary>What of the inputs is not allowed; empty as long as prices follow nobody.</summary>
    public static IReadOnlyList<string> Refused(IEnumerable<Type> inputs) =>
        [.. inputs.SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.SetMethod is not null && !IsAllowed(type, property)).Select(property => $"{type.Name}.{property.Name}"))];

    private static bool IsAllowed(Type type, PropertyInfo property) => Allowed.Contains($"{type.Name}.{property.Name}") && Plain.Contains(property.PropertyType);
}
