namespace RevOps.Web.Receivables.Cash;

/// <summary>Names the texts of expected cash: CashTexts.resx and CashTexts.fr.resx beside this file.</summary>
public sealed class CashTexts;
