using RevOps.Core.Data;
using RevOps.Core.People;

namespace RevOps.Core.Ingestion;

/// <summary>The data of one event, read and valid, and what follows from it: one file per type.</summary>
public abstract record IncomingEvent
{
    /// <summary>Who it is about; null when it names nobody.</summary>
    public virtual Contact? Contact => null;

    public virtual string? VisitorId => null;

    public virtual ClickIds? ClickIds => null;

    /// <summary>It is of before RevOps: whoever it names, nothing is told to ad platforms because of it.</summary>
    public virtual bool IsHistory => false;

    public bool NamesSomebody => Contact is not null || VisitorId is not null || ClickIds is not null;

    /// <summary>Under whose key the data is sealed where it names nobody itself; null: the company's.</summary>
    public virtual Task<Guid?> OwnerAsync(RevOpsDb db, CancellationToken cancel) => Task.FromResult<Guid?>(null);

    /// <summary>Adds the consequences to the reception's context; the caller saves event, state and work together.</summary>
    public abstract Task<EventFate> ApplyAsync(Reception reception);

    /// <summary>What would happen, one short sentence each, for a dry run.</summary>
    public abstract IEnumerable<string> WouldDo();
}

/// <summary>How an event ended: applied, ignored, or parked on what it waits for.</summary>
public readonly record struct EventFate(string? ParkedOn)
{
    public static EventFate Applied => default;

    /// <summary>It is about nothing of ours.</summary>
    public static EventFate Ignored => new() { IsIgnored = true };

    public bool IsIgnored { get; private init; }

    public static EventFate Parked(string on) => new(on);
}
