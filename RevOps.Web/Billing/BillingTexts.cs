namespace RevOps.Web.Billing;

/// <summary>Names the texts of this folder: BillingTexts.resx and BillingTexts.fr.resx beside this file.</summary>
public sealed class BillingTexts;
