namespace RevOps.Web.Scorecard;

/// <summary>Names the texts of this folder: ScorecardTexts.resx and ScorecardTexts.fr.resx beside this file.</summary>
public sealed class ScorecardTexts;
