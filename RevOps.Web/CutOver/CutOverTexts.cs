namespace RevOps.Web.CutOver;

/// <summary>Names the texts of this folder: CutOverTexts.resx and CutOverTexts.fr.resx beside this file.</summary>
public sealed class CutOverTexts;
