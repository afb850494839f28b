namespace RevOps.Web.Scorecard.Claims;

/// <summary>Names the texts of this folder: ClaimTexts.resx and ClaimTexts.fr.resx beside this file.</summary>
public sealed class ClaimTexts;
