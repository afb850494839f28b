namespace RevOps.Core.Pricing.Yield;

/// <summary>What a formula cannot do without, checked where it comes in; the error names the field.</summary>
internal static class Positive
{
    public static double Only(double value, string field) =>
        double.IsFinite(value) && value > 0 ? value : throw new ArgumentOutOfRangeException(field, value, "More than 0.");

    public static double OrZero(double value, string field) =>
        double.IsFinite(value) && value >= 0 ? value : throw new ArgumentOutOfRangeException(field, value, "0 or more.");

    public static int Whole(int value, string field) =>
        value > 0 ? value : throw new ArgumentOutOfRangeException(field, value, "1 or more.");

    public static double Share(double value, string field) =>
        value is > 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(field, value, "More than 0, at most 1.");
}
