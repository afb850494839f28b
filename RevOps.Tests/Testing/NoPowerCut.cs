using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace RevOps.Tests.Testing;

/// <summary>
/// No test cuts the power, and none waits for the disk: with two of them at work a commit spends longer there than on everything else.
/// After the product's own word on the opened connection, so that ours is the last one.
/// </summary>
internal sealed class NoPowerCut : DbConnectionInterceptor
{
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        if (connection is not SqliteConnection)
            return;
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA synchronous=OFF;";
        command.ExecuteNonQuery();
    }

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        ConnectionOpened(connection, eventData);
        return Task.CompletedTask;
    }
}
