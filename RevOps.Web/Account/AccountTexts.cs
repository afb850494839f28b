namespace RevOps.Web.Account;

/// <summary>Names the texts of this folder: AccountTexts.resx and AccountTexts.fr.resx beside this file.</summary>
public sealed class AccountTexts;
