namespace RevOps.Web.Shell.Style;

/// <summary>Names the texts of this folder: StyleTexts.resx and StyleTexts.fr.resx beside this file.</summary>
public sealed class StyleTexts;
