using Microsoft.AspNetCore.WebUtilities;
using RevOps.Core.Attribution.Models;
using RevOps.Core.Attribution.Results;
using RevOps.Core.Platform;
using RevOps.Web.Shared;

namespace RevOps.Web.Attribution.Credits;

/// <summary>What the reader of the attribution pages chose; it lives in the address and goes along from page to page.</summary>
public sealed record CreditChoice(PeriodChoice Days)
{
    public const string KindName = "kind", LookBackName = "lookback", ModelName = "model", CurrencyName = "currency", PlatformName = "platform", OpenName = "open", DirectName = "direct", LeftOutWord = "out", StagesName = "stages", ShownWord = "shown";

    /// <summary>Days that are shown where none are chosen.</summary>
    public const int UsualDays = 90;

    public ConversionKind Kind { get; init; } = ConversionKind.Paid;
    public int LookBack { get; init; } = AttributionQuestion.LookBacks[^1];
    public AttributionModel Model { get; init; } = AttributionModel.Markov1;

    /// <summary>
    /// <see cref="Model"/> is the chain whose order fits held-out journeys best: what is shown where nothing is chosen. The chain is what no rule of
    /// thumb says: it looks at the journeys that ended in nothing, too.
    /// </summary>
    public bool ByHeldOut { get; init; } = true;

    /// <summary>ISO 4217; null for the company's own.</summary>
    public string? Currency { get; init; }

    /// <summary>Rows of it alone; null for all.</summary>
    public string? Platform { get; init; }

    /// <summary>Journeys that may still convert are left out; else they have ended in nothing so far.</summary>
    public bool WithoutOpen { get; init; }

    /// <summary>Direct visits are left out of journeys.</summary>
    public bool WithoutDirect { get; init; }

    /// <summary>Conversations and bookings stand in the paths that are shown; models see visits alone.</summary>
    public bool WithStages { get; init; }

    public AttributionQuestion Question => Of(Days.Period);

    /// <summary>The same for another period; null for none.</summary>
    public AttributionQuestion? Compared => Days.Compared is { } period ? Of(period) : null;

    /// <summary>Whichever order fits best at the moment.</summary>
    public bool AsksTheSameAs(CreditChoice other) => this == (ByHeldOut ? other with { Model = Model } : other);

    /// <summary>Reads an address; what cannot be read counts as not said.</summary>
    public static CreditChoice Read(PeriodChoice days, string? kind, string? lookBack, string? model, string? currency, string? platform, string? open = null, string? stages = null, string? direct = null) => new(days)
    {
        Kind = FromUrl.OneOf<ConversionKind>(kind) ?? ConversionKind.Paid,
        LookBack = int.TryParse(lookBack, System.Globalization.CultureInfo.InvariantCulture, out var given) && AttributionQuestion.LookBacks.Contains(given) ? given : AttributionQuestion.LookBacks[^1],
        Model = AttributionModels.FromWire(model) ?? AttributionModel.Markov1,
        ByHeldOut = AttributionModels.FromWire(model) is null,
        Currency = FromUrl.Given(currency)?.ToUpperInvariant() is { Length: 3 } code ? code : null,
        Platform = FromUrl.Given(platform),
        WithoutOpen = open == LeftOutWord,
        WithStages = stages == ShownWord,
        WithoutDirect = direct == LeftOutWord,
    };

    /// <summary>Of a request for a file.</summary>
    /// <param name="query">Of its address.</param>
    /// <param name="today">In the company's zone.</param>
    public static CreditChoice Read(IQueryCollection query, DateOnly today)
    {
        string? Said(string name) => query.TryGetValue(name, out var value) ? value.ToString() : null;
        var days = PeriodChoice.Read(Said(PeriodChoice.FromName), Said(PeriodChoice.ToName), null, Period.Ending(today, UsualDays));
        return Read(days, Said(KindName), Said(LookBackName), Said(ModelName), Said(CurrencyName), null, Said(OpenName), direct: Said(DirectName));
    }

    /// <summary>Another page under the same choice.</summary>
    public string Link(string path, params IEnumerable<(string Name, string? Value)> more)
    {
        (string Name, string? Value)[] own =
        [
            (PeriodChoice.FromName, FromUrl.Text(Days.Period.From)), (PeriodChoice.ToName, FromUrl.Text(Days.Period.To)),
            (PeriodChoice.CompareName, Days.Comparison == default ? null : PageUrl.Word(Days.Comparison)),
            (KindName, Kind == ConversionKind.Paid ? null : PageUrl.Word(Kind)), (LookBackName, LookBackWord(LookBack)), (ModelName, ByHeldOut ? null : Model.WireName), (CurrencyName, Currency), (PlatformName, Platform), (OpenName, WithoutOpen ? LeftOutWord : null), (StagesName, WithStages ? ShownWord : null), (DirectName, WithoutDirect ? LeftOutWord : null),
        ];
        return QueryHelpers.AddQueryString(path, own.Concat(more).Where(part => part.Value is not null).Select(part => KeyValuePair.Create(part.Name, part.Value)));
    }

    /// <summary>In an address; null for the usual one.</summary>
    public static string? LookBackWord(int days) => days == AttributionQuestion.LookBacks[^1] ? null : days.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private AttributionQuestion Of(Period period) => new() { Period = period, Kind = Kind, LookBackDays = LookBack, Model = Model, Currency = Currency, Platform = Platform, WithoutOpen = WithoutOpen, WithoutDirect = WithoutDirect };
}
