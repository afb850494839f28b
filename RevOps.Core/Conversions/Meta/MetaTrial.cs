using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Connections;

namespace RevOps.Core.Conversions.Meta;

/// <summary>Tries the way to Meta with an event of nobody, and notes who did.</summary>
public sealed class MetaTrial(IDbContextFactory<RevOpsDb> databases, AuditTrail audit, IEnumerable<IConversionChannel> channels)
{
    public async Task<ChannelAnswer> SendAsync(string testCode, string actor, CancellationToken cancel)
    {
        // On record before it is made: Meta counts it.
        await using (var db = await databases.CreateDbContextAsync(cancel))
        {
            await db.BeginWorkAsync(cancel);
            await audit.WriteAsync(db, new(actor, "connection.tested", nameof(ConnectionValue), "Meta") { After = new { Code = testCode } }, cancel);
            await db.SaveChangesAsync(cancel);
        }

        return await channels.OfType<MetaChannel>().Single().TestAsync(testCode, TimeProvider.System.GetUtcNow(), cancel);
    }
}
