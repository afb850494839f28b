using RevOps.Core.Billing;
using RevOps.Core.Identity;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Ingestion;

/// <summary>Everything that was done outside for one invoice, who decided on it, and the rows of the audit that hold it fast.</summary>
public sealed record InvoiceProof
{
    public required Guid Id { get; init; }

    /// <summary>Its number, or what it is called before it has one.</summary>
    public required string Name { get; init; }

    public required InvoiceStatus Status { get; init; }
    public required Mode Mode { get; init; }
    public required InvoiceOrigin Origin { get; init; }
    public required Money Gross { get; init; }
    public required int DraftVersion { get; init; }
    public string? StripeInvoiceId { get; init; }

    /// <summary>When it was last read at Stripe, on the system's clock.</summary>
    public DateTimeOffset? CheckedAt { get; init; }

    /// <summary>Somebody asked for it to be read again, and it has not been yet.</summary>
    public bool IsRecheckAsked { get; init; }

    public required IReadOnlyList<ProofEffect> Effects { get; init; }
    public required IReadOnlyList<ProofDecision> Decisions { get; init; }
    public required IReadOnlyList<ProofEntry> Entries { get; init; }

    /// <summary>Issued before RevOps: nothing was asked for it from here.</summary>
    public bool IsHistory => Origin is InvoiceOrigin.Imported or InvoiceOrigin.OpeningBalance;

    public int Done => Effects.Count(effect => effect.State == EffectState.Done);

    /// <summary>Done under the key with which they were begun, however often they were tried.</summary>
    public int DoneUnderFirstKey => Effects.Count(effect => effect is { State: EffectState.Done, Generation: 1 });

    public int TriedAgain => Effects.Count(effect => effect.Attempts > 1);

    /// <summary>Of the draft that was, or would be, issued.</summary>
    public int Approvals => Decisions.Count(decision => decision.Approved && decision.DraftVersion == DraftVersion);
}

/// <summary>What an effect is about.</summary>
public enum ProofSubject
{
    Invoice = 0,
    Customer = 1,
    CreditNote = 2,
    Conversion = 3,
}

/// <param name="Key">As it went over the wire.</param>
/// <param name="Generation">Above 1 when the first key had no effect, which a look-up showed.</param>
public sealed record ProofEffect(Guid Id, ProofSubject About, string Target, string Key, int Generation, string Request, EffectState State)
{
    public required int Attempts { get; init; }
    public DateTimeOffset? FirstAttemptAt { get; init; }
    public DateTimeOffset? LastAttemptAt { get; init; }
    public int? HttpStatus { get; init; }
    public string? Error { get; init; }
}

/// <param name="Who">Null when they are gone, or a rule decided.</param>
/// <param name="Hash">Of what stood on the screen and at Stripe, in hexadecimal.</param>
public sealed record ProofDecision(DateTimeOffset At, int DraftVersion, int Step, bool Approved, bool IsByRule, string? Who, string Hash);

/// <param name="Fits">Its hash is that of its content.</param>
public sealed record ProofEntry(AuditRow Row, string PreviousHash, string Hash, bool Fits);

/// <param name="Body">What was sent; null when the person was erased.</param>
/// <param name="Answer">Null when there was none, or the person was erased.</param>
public sealed record ProofBody(string? Body, string? Answer);
