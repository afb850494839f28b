namespace RevOps.Web.Overview;

/// <summary>Names the texts of this folder: OverviewTexts.resx and OverviewTexts.fr.resx beside this file.</summary>
public sealed class OverviewTexts;
