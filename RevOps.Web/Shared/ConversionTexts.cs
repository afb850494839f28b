namespace RevOps.Web.Shared;

/// <summary>Names the words for a conversion wherever one is shown: ConversionTexts.resx and ConversionTexts.fr.resx beside this file.</summary>
public sealed class ConversionTexts;
