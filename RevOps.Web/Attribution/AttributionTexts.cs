namespace RevOps.Web.Attribution;

/// <summary>Names the texts of this folder: AttributionTexts.resx and AttributionTexts.fr.resx beside this file.</summary>
public sealed class AttributionTexts;
