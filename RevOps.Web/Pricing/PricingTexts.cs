namespace RevOps.Web.Pricing;

/// <summary>Names the texts of this folder: PricingTexts.resx and PricingTexts.fr.resx beside this file.</summary>
public sealed class PricingTexts;
