using RevOps.Core.Data;
using RevOps.Core.People;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Ingestion;

/// <summary>One event on its way in: the context that will be saved with it, and what its consequences need to know.</summary>
public sealed record Reception(RevOpsDb Db, ReceivedEvent Event, IncomingEvent Data, IngestionServices Services, CompanyVersion Company, CancellationToken Cancel)
{
    /// <summary>Whom the event is about; null when it names nobody.</summary>
    public Person? Person { get; init; }

    public Vault Vault => Services.Vault;

    /// <summary>The business clock's now.</summary>
    public DateTimeOffset Now => Services.Clock.GetUtcNow();

    public Person Somebody => Person ?? throw new InvalidOperationException($"A {Event.Type} names somebody.");
}
