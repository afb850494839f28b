using RevOps.Core.Receivables;
using RevOps.Web.Shared;

namespace RevOps.Web.Receivables;

/// <summary>The evening that figures stand as of, and the one that they are compared with: both live in the address.</summary>
public sealed record EveningChoice(DateOnly Evening, DateOnly? Compared, string? Currency, DateOnly Today)
{
    public bool IsToday => Evening == Today;

    /// <summary>For links that keep what was chosen.</summary>
    public string Query => string.Join('&', new[] { IsToday ? null : $"on={FromUrl.Text(Evening)}", Currency is null ? null : $"currency={Currency}" }.OfType<string>());

    /// <summary>The open invoices of this evening, or some of them.</summary>
    public string Open(string which = "") => Path("/receivables/open", Query, which);

    /// <summary>What was issued in so many days up to this evening.</summary>
    public string Issued(IssuedKind kind, int days) => Path("/receivables/issued", Query, kind == default ? "" : $"show={PageUrl.Word(kind)}", $"days={days}");

    private static string Path(string path, params IEnumerable<string> choices) => $"{path}?{string.Join('&', choices.Where(choice => choice.Length > 0))}".TrimEnd('?');

    /// <summary>A day in the future is today, since nobody knows it.</summary>
    public static EveningChoice Read(string? on, string? with, string? currency, DateOnly today)
    {
        var evening = FromUrl.Day(on) is { } day && day < today ? day : today;
        return new(evening, FromUrl.Day(with) is { } other && other <= today && other != evening ? other : null, FromUrl.Given(currency)?.ToUpperInvariant(), today);
    }
}
