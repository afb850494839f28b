namespace RevOps.Web.Shared;

/// <summary>Names the texts of the demo: DemoTexts.resx and DemoTexts.fr.resx beside this file.</summary>
public sealed class DemoTexts;
