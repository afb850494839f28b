using RevOps.Core.Platform;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Conversions;

/// <param name="Rows">One page.</param>
/// <param name="Page">Which one, from 1 on.</param>
/// <param name="Counts">Per status, under the same filters but that of status: each equals the rows that choosing it shows.</param>
/// <param name="Reasons">Codes that rows show under the same filters but that of reason.</param>
public sealed record ConversionList(IReadOnlyList<ConversionRow> Rows, int Page, ConversionCounts Counts, IReadOnlyList<string> Reasons);

/// <summary>How many conversions stand where.</summary>
public sealed record ConversionCounts(IReadOnlyDictionary<ConversionStatus, int> OfStatus)
{
    /// <summary>What was decided: told to a platform and counted there, or never to be.</summary>
    public int Decided => this[ConversionGroup.Delivered] + this[ConversionGroup.Rejected];

    /// <summary>Delivered of what was decided; null while nothing was.</summary>
    public double? DeliveryRate => Decided == 0 ? null : (double)this[ConversionGroup.Delivered] / Decided;

    public int this[ConversionGroup group] => group switch
    {
        ConversionGroup.Queued => Of(ConversionStatus.Queued) + Of(ConversionStatus.Received),
        ConversionGroup.Held => Of(ConversionStatus.Held),
        ConversionGroup.Delivered => Of(ConversionStatus.Delivered),
        ConversionGroup.Rejected => Of(ConversionStatus.Rejected),
        _ => OfStatus.Values.Sum(),
    };

    private int Of(ConversionStatus status) => OfStatus.GetValueOrDefault(status);
}

public sealed record ConversionRow
{
    public required Guid Id { get; init; }
    public required AdPlatform Platform { get; init; }
    public required ConversionStage Stage { get; init; }
    public required Mode Mode { get; init; }
    public required DateTimeOffset OccurredAt { get; init; }
    public long? ValueMinor { get; init; }
    public string? Currency { get; init; }
    public required ConversionStatus Status { get; init; }

    /// <summary>A code that pages put into words, or the platform's own.</summary>
    public string? Reason { get; init; }

    /// <summary>In the platform's words, or why its job waits.</summary>
    public string? Message { get; init; }

    public required string EventId { get; init; }
    public required int Attempts { get; init; }
    public DateTimeOffset? SentAt { get; init; }
    public DateTimeOffset? OutcomeAt { get; init; }

    /// <summary>While it is on its way and its job waits.</summary>
    public DateTimeOffset? NextTryAt { get; init; }

    public Money? Value => ValueMinor is { } minor && Currency is { } currency ? new Money(minor, currency) : null;
}

public sealed record ConversionStory
{
    public required ConversionRow Row { get; init; }
    public required string TransactionId { get; init; }
    public string? RequestId { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>The person who stands for all that became one.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>Of the sale that it tells of; null where there is none.</summary>
    public Guid? InvoiceId { get; init; }

    public required IReadOnlyList<EffectView> Effects { get; init; }

    /// <summary>The requests that it travelled in, oldest first; none of those from before they carried many.</summary>
    public required IReadOnlyList<RequestView> Requests { get; init; }

    /// <summary>When consent held it, cancelled it or let it go, and when its window passed, oldest first.</summary>
    public required IReadOnlyList<GateView> Gates { get; init; }
}

/// <param name="Action">"conversion.held", "conversion.cancelled", "conversion.released" or "conversion.lapsed".</param>
/// <param name="At">On the business clock.</param>
public sealed record GateView(string Action, DateTimeOffset At);

/// <summary>One request, as far as it says nothing of the others in it.</summary>
public sealed record RequestView
{
    public required Guid Id { get; init; }

    /// <summary>How many conversions were in it.</summary>
    public required int Count { get; init; }

    /// <summary>The place of this one, from 0 on.</summary>
    public required int Position { get; init; }

    public required EffectState State { get; init; }
    public required int Attempts { get; init; }
    public required DateTimeOffset SentAt { get; init; }
    public int? HttpStatus { get; init; }
    public string? Code { get; init; }
    public string? Message { get; init; }

    /// <summary>Google's request id, Meta's fbtrace_id.</summary>
    public string? RequestId { get; init; }

    public required string Envelope { get; init; }
    public string? Answer { get; init; }

    /// <summary>When the platform had judged all that was in it, and how many it refused for which reasons.</summary>
    public DateTimeOffset? ResultAt { get; init; }

    public string? Result { get; init; }
}

public sealed record EffectView
{
    public required string Key { get; init; }
    public required string Request { get; init; }
    public required EffectState State { get; init; }
    public required int Attempts { get; init; }
    public DateTimeOffset? FirstAttemptAt { get; init; }
    public DateTimeOffset? LastAttemptAt { get; init; }
    public int? HttpStatus { get; init; }
    public string? Error { get; init; }

    /// <summary>Indented JSON; null when the person was erased.</summary>
    public string? Body { get; init; }

    /// <summary>What the platform answered last; null when it has not, or the person was erased.</summary>
    public string? Answer { get; init; }
}
