using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Conversions.Sending;

/// <summary>
/// One request to an ad platform with many conversions in it, stored before it is made. What it says of each person is stored with that
/// conversion, under the person's key; here stands what surrounds it, and what the platform answered to all of it.
/// </summary>
public sealed class ConversionBatch
{
    private const int LongestMessage = 1_000;

    public required Guid Id { get; init; }
    public required AdPlatform Platform { get; init; }
    public required Mode Mode { get; init; }

    /// <summary>How many conversions are in it.</summary>
    public required int Count { get; init; }

    /// <summary>The body without its events: which account and action it is for. Names nobody.</summary>
    public required string Envelope { get; init; }

    /// <summary>Open: whether the platform has it is not known.</summary>
    public EffectState State { get; set; }

    /// <summary>How often it was sent: always with the same event ids.</summary>
    public int Attempts { get; set; }

    /// <summary>The last attempt, on the business clock.</summary>
    public required DateTimeOffset SentAt { get; set; }

    public int? HttpStatus { get; set; }

    /// <summary>The platform's code of a failure; ours where no answer came.</summary>
    public string? Code { get; set; }

    /// <summary>In the platform's words. Null for a refusal of many, which may speak of one of them: it stands with that one.</summary>
    public string? Message { get; set; }

    /// <summary>Google's request id, Meta's fbtrace_id.</summary>
    public string? RequestId { get; set; }

    /// <summary>The answer without anything that may tell of a person.</summary>
    public string? Answer { get; set; }

    /// <summary>When the platform had judged all that is in it, on the business clock; null: at once, or not yet.</summary>
    public DateTimeOffset? ResultAt { get; set; }

    /// <summary>What the platform said then, without the places of single conversions.</summary>
    public string? Result { get; set; }

    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>The attempt is on record before it is made.</summary>
    public void Attempt(DateTimeOffset now) => (Attempts, SentAt) = (Attempts + 1, now);

    public void Conclude(ChannelAnswer answer)
    {
        var mayHave = Code is not null && HttpStatus is null or >= 500;
        State = answer.Outcome switch { ChannelOutcome.Delivered or ChannelOutcome.Received => EffectState.Done, ChannelOutcome.Refused => EffectState.Refused, _ => EffectState.Open };
        RequestId = answer.RequestId ?? RequestId;

        // An attempt whose answer was lost may have arrived: that the next one was put off says nothing of it.
        if (State != EffectState.Open || !mayHave)
            (HttpStatus, Code) = (answer.HttpStatus, answer.Code);
        Message = State == EffectState.Refused && Count > 1 ? null : Conversion.Cut(PlatformWords.Clean(answer.Message), LongestMessage);
        Answer = answer.Body.Length == 0 ? null : SentBody.ShowAnswer(answer.Body, clear: false);
    }

    internal sealed class Mapping : IEntityTypeConfiguration<ConversionBatch>
    {
        public void Configure(EntityTypeBuilder<ConversionBatch> builder)
        {
            builder.ToTable("ConversionBatches").HasKey(batch => batch.Id);
            builder.Property(batch => batch.Envelope).HasMaxLength(4_000);
            builder.Property(batch => batch.Code).HasMaxLength(100);
            builder.Property(batch => batch.Message).HasMaxLength(LongestMessage);
            builder.Property(batch => batch.RequestId).HasMaxLength(200);
            builder.HasIndex(batch => new { batch.Platform, batch.SentAt });
        }
    }
}

/// <summary>A conversion's place in a request, by which the platform's result is read; of each request that it was in.</summary>
public sealed class ConversionPart
{
    public required Guid BatchId { get; init; }

    /// <summary>From 0 on.</summary>
    public required int Position { get; init; }

    public required Guid ConversionId { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<ConversionPart>
    {
        public void Configure(EntityTypeBuilder<ConversionPart> builder)
        {
            builder.ToTable("ConversionParts").HasKey(part => new { part.BatchId, part.Position });
            builder.HasIndex(part => part.ConversionId);
        }
    }
}
