namespace RevOps.Web.Shared;

/// <summary>Names the texts of sign-ins: SessionTexts.resx and SessionTexts.fr.resx beside this file.</summary>
public sealed class SessionTexts;
