namespace RevOps.Web.Customers;

/// <summary>Names the texts of this folder: CustomersTexts.resx and CustomersTexts.fr.resx beside this file.</summary>
public sealed class CustomersTexts;
