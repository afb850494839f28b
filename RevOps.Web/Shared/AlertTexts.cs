namespace RevOps.Web.Shared;

/// <summary>Names the texts of alerts: AlertTexts.resx and AlertTexts.fr.resx beside this file.</summary>
public sealed class AlertTexts;
