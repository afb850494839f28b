namespace RevOps.Core.Platform.Outbox;

/// <summary>An exception that says: nothing is wrong with this work, the other side takes none at present. It waits, and is no failure.</summary>
public interface IParksWork
{
    /// <summary>When it may be tried again.</summary>
    DateTimeOffset RetryAt { get; }
}
