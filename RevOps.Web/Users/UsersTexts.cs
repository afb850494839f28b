namespace RevOps.Web.Users;

/// <summary>Names the texts of this folder: UsersTexts.resx and UsersTexts.fr.resx beside this file.</summary>
public sealed class UsersTexts;
