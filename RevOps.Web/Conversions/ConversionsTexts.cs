namespace RevOps.Web.Conversions;

/// <summary>Names the texts of this folder: ConversionsTexts.resx and ConversionsTexts.fr.resx beside this file.</summary>
public sealed class ConversionsTexts;
