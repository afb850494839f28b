namespace RevOps.Web.Connections;

/// <summary>Names the texts of this folder: ConnectionsTexts.resx and ConnectionsTexts.fr.resx beside this file.</summary>
public sealed class ConnectionsTexts;
