namespace RevOps.Web.Shared.Charts;

/// <summary>Names the texts of this folder: ChartTexts.resx and ChartTexts.fr.resx beside this file.</summary>
public sealed class ChartTexts;
