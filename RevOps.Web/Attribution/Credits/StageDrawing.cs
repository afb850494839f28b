using Microsoft.Extensions.Localization;
using RevOps.Core.Attribution.Results;
using RevOps.Web.Shared;
using RevOps.Web.Shared.Charts;

namespace RevOps.Web.Attribution.Credits;

/// <summary>Stages as places of a flow chart: who goes no further leaves at a place of its own, right after the stage.</summary>
internal static class StageDrawing
{
    public static IEnumerable<FlowPlace> Places(StageFlow flow, IStringLocalizer<CreditTexts> text)
    {
        foreach (var stage in flow.Stages.Select(count => count.Stage).Where(stage => stage != Stage.Dropped).Order())
            yield return new(KeyOf(stage), text["Stage" + stage], (int)stage) { Color = ChartColor.OfSeries(0) };
        foreach (var from in flow.Links.Where(link => link.To == Stage.Dropped).Select(link => link.From).Distinct().Order())
            yield return new(KeyOf(from, Stage.Dropped), text["DroppedAfter" + from], (int)from + 1) { IsLoss = true };
    }

    public static Flow FlowOf(StageLink link, CreditChoice choice) => new(KeyOf(link.From), KeyOf(link.From, link.To), link.People) { Href = HrefOf(link, choice) };

    private static string HrefOf(StageLink link, CreditChoice choice) => choice.Link("/attribution/stages", (StagesPage.LinkName, $"{KeyOf(link.From)}-{KeyOf(link.To)}"));

    private static string KeyOf(Stage stage) => PageUrl.Word(stage);

    private static string KeyOf(Stage from, Stage to) => to == Stage.Dropped ? $"{PageUrl.Word(from)}-{PageUrl.Word(to)}" : PageUrl.Word(to);
}
