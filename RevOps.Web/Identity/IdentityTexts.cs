namespace RevOps.Web.Identity;

/// <summary>Names the texts of this folder: IdentityTexts.resx and IdentityTexts.fr.resx beside this file.</summary>
public sealed class IdentityTexts;
