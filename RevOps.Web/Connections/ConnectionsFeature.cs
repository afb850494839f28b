namespace RevOps.Web.Connections;

public static class ConnectionsFeature
{
    public static void AddConnections(this WebApplicationBuilder builder) => builder.Services.AddSingleton<ConnectionActs>();
}
