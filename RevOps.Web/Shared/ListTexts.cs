namespace RevOps.Web.Shared;

/// <summary>Names the texts of lists, their filters and their pages: ListTexts.resx and ListTexts.fr.resx beside this file.</summary>
public sealed class ListTexts;
