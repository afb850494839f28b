using Microsoft.Extensions.Localization;
using RevOps.Core.Conversions.Quality;
using RevOps.Web.Shared.Tables;

namespace RevOps.Web.Conversions.Quality;

/// <summary>The steps of a funnel as columns.</summary>
internal static class FunnelColumns
{
    public static IEnumerable<Column<TRow>> Of<TRow>(Func<TRow, Funnel> funnel, IStringLocalizer<ConversionsTexts> text) =>
    [
        new("created", text["Step.Created"], row => funnel(row).Created) { IsNumber = true },
        new("eligible", text["Step.Eligible"], row => funnel(row).Eligible) { IsNumber = true },
        new("sent", text["Step.Sent"], row => funnel(row).Sent) { IsNumber = true },
        new("received", text["Step.Received"], row => funnel(row).Received) { IsNumber = true },
        new("matched", text["Step.Matched"], row => funnel(row).Matched) { IsNumber = true },
        new("lapsed", text["Step.Lapsed"], row => funnel(row).Lapsed) { IsNumber = true },
    ];
}
