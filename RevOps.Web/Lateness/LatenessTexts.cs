namespace RevOps.Web.Lateness;

/// <summary>Names the texts of this folder: LatenessTexts.resx and LatenessTexts.fr.resx beside this file.</summary>
public sealed class LatenessTexts;
