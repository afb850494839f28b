namespace RevOps.Web.Alerts;

/// <summary>Names the texts of this folder: AlertsTexts.resx and AlertsTexts.fr.resx beside this file.</summary>
public sealed class AlertsTexts;
