namespace RevOps.Web.Connections.Connectors;

/// <summary>Names the texts of this folder: ConnectorsTexts.resx and ConnectorsTexts.fr.resx beside this file.</summary>
public sealed class ConnectorsTexts;
