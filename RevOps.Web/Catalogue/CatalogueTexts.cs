namespace RevOps.Web.Catalogue;

/// <summary>Names the texts of this folder: CatalogueTexts.resx and CatalogueTexts.fr.resx beside this file.</summary>
public sealed class CatalogueTexts;
