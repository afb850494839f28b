namespace RevOps.Web.Scorecard.Outlook;

/// <summary>Names the texts of this folder: OutlookTexts.resx and OutlookTexts.fr.resx beside this file.</summary>
public sealed class OutlookTexts;
