namespace RevOps.Web.Receivables.Payouts;

/// <summary>Names the texts of payouts: PayoutTexts.resx and PayoutTexts.fr.resx beside this file.</summary>
public sealed class PayoutTexts;
