namespace RevOps.Web.Shared;

/// <summary>Names the texts of this folder: SharedTexts.resx and SharedTexts.fr.resx beside this file.</summary>
public sealed class SharedTexts;
