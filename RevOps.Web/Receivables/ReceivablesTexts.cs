namespace RevOps.Web.Receivables;

/// <summary>Names the texts of this folder: ReceivablesTexts.resx and ReceivablesTexts.fr.resx beside this file.</summary>
public sealed class ReceivablesTexts;
