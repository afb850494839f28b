namespace RevOps.Web.Bank;

/// <summary>Names the texts of this folder: BankTexts.resx and BankTexts.fr.resx beside this file.</summary>
public sealed class BankTexts;
