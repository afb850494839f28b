namespace RevOps.Web.Shell;

/// <summary>Names the texts of this folder: ShellTexts.resx and ShellTexts.fr.resx beside this file.</summary>
public sealed class ShellTexts;
