namespace RevOps.Web.Settings;

/// <summary>Names the texts of this folder: SettingsTexts.resx and SettingsTexts.fr.resx beside this file.</summary>
public sealed class SettingsTexts;
