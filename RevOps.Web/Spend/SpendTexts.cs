namespace RevOps.Web.Spend;

/// <summary>Names the texts of this folder: SpendTexts.resx and SpendTexts.fr.resx beside this file.</summary>
public sealed class SpendTexts;
