namespace RevOps.Web.Scorecard.Digest;

/// <summary>Names the texts of this folder: DigestTexts.resx and DigestTexts.fr.resx beside this file.</summary>
public sealed class DigestTexts;
