namespace RevOps.Web.Attribution.Credits;

/// <summary>Names the texts of this folder: CreditTexts.resx and CreditTexts.fr.resx beside this file.</summary>
public sealed class CreditTexts;
