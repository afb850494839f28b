namespace RevOps.Web.Audit;

/// <summary>Names the texts of this folder: ChainTexts.resx and ChainTexts.fr.resx beside this file. The words of single actions are shared.</summary>
public sealed class ChainTexts;
