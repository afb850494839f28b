namespace RevOps.Web.Connections.HooksOut;

/// <summary>Names the texts of this folder: HooksOutTexts.resx and HooksOutTexts.fr.resx beside this file.</summary>
public sealed class HooksOutTexts;
