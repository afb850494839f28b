using System.Globalization;
using RevOps.Core.Attribution;
using RevOps.Core.Attribution.Lift;
using RevOps.Core.Platform;
using RevOps.Web.Shared;

namespace RevOps.Web.Attribution.Credits;

/// <summary>A lift test as it is typed, in the reader's numbers.</summary>
public sealed class LiftEntry
{
    public string Channel { get; set; } = RevOps.Core.Attribution.Channel.PaidSocial;
    public string Platform { get; set; } = "";
    public string From { get; set; } = "";
    public string To { get; set; } = "";
    public string Method { get; set; } = PageUrl.Word(LiftMethod.HoldOut);
    public string HeldOut { get; set; } = PageUrl.Word(LiftHeldOut.Ads);
    public string Measure { get; set; } = PageUrl.Word(LiftMeasure.Conversions);
    public string Incremental { get; set; } = "";
    public string Low { get; set; } = "";
    public string High { get; set; } = "";
    public string Control { get; set; } = "";
    public string Treated { get; set; } = "";
    public string ControlShare { get; set; } = "50";
    public string Source { get; set; } = "";
    public string Note { get; set; } = "";

    /// <summary>Names of the fields that cannot be taken as they are.</summary>
    public IReadOnlyList<string> Wrong(DateOnly today)
    {
        List<string> wrong = [];
        var (first, last) = (FromUrl.Day(From), FromUrl.Day(To));
        if (first is null || first > today)
            wrong.Add(nameof(From));
        if (last is null || last > today || last < first)
            wrong.Add(nameof(To));
        var (found, low, high) = (Number(Incremental), Number(Low), Number(High));
        if (found is null)
            wrong.Add(nameof(Incremental));
        if (Low.Length > 0 && (low is null || low > found))
            wrong.Add(nameof(Low));
        if (High.Length > 0 && (high is null || high < found))
            wrong.Add(nameof(High));
        if (Control.Length + Treated.Length > 0 && Arms is not { IsValid: true })
            wrong.Add(nameof(Arms));
        if (string.IsNullOrWhiteSpace(Source))
            wrong.Add(nameof(Source));
        return wrong;
    }

    /// <param name="currency">Of money; not used where conversions were counted.</param>
    public NewLiftTest Read(string currency)
    {
        var measure = FromUrl.Choice<LiftMeasure>(Measure);
        double? In(string text) => Number(text) is { } number ? measure == LiftMeasure.Value ? Money.Round((decimal)number, currency).Minor : number : null;
        return new(Channel, FromUrl.Given(Platform), FromUrl.Day(From)!.Value, FromUrl.Day(To)!.Value, FromUrl.Choice<LiftMethod>(Method), measure, In(Incremental)!.Value, In(Low), In(High),
            measure == LiftMeasure.Value ? currency : null, Source, FromUrl.Given(Note)) { HeldOut = FromUrl.Choice<LiftHeldOut>(HeldOut), Arms = Control.Length + Treated.Length > 0 ? Arms : null };
    }

    private LiftArms? Arms => Number(Control) is { } control && Number(Treated) is { } treated && Number(ControlShare) is { } share && control % 1 == 0 && treated % 1 == 0 ? new((long)control, (long)treated, share / 100) : null;

    private static double? Number(string text) => double.TryParse(text, NumberStyles.Number, CultureInfo.CurrentCulture, out var number) ? number : null;
}
