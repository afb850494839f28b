namespace RevOps.Web.Ingestion;

/// <summary>Names the texts of this folder: IngestionTexts.resx and IngestionTexts.fr.resx beside this file.</summary>
public sealed class IngestionTexts;
