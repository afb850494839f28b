namespace RevOps.Web.Drafting;

/// <summary>Names the texts of this folder: DraftingTexts.resx and DraftingTexts.fr.resx beside this file.</summary>
public sealed class DraftingTexts;
