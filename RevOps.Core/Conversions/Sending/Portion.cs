using RevOps.Core.People;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Conversions.Sending;

/// <summary>Due conversions that were read together, each with what is to become of it as far as the reading showed.</summary>
/// <param name="Mode">Of all of them.</param>
/// <param name="Name">Of the conversion action where a request is for one; else null.</param>
/// <param name="Items">In the order in which they became due.</param>
/// <param name="Facts">What was read of their people, and the keys.</param>
/// <param name="Since"><see cref="ConsentWatch.Now"/> as it was before the reading.</param>
internal sealed record Portion(Mode Mode, string? Name, IReadOnlyList<PortionItem> Items, FactsOfMany Facts, long Since);

/// <param name="Portion">Whose.</param>
/// <param name="Items">What would go.</param>
/// <param name="Again">The same request once more, unless somebody in it may not go any more; null: it is a new one.</param>
/// <param name="Make">The request with so many in it.</param>
internal sealed record NextRequest(Portion Portion, List<PortionItem> Items, ConversionBatch? Again, Func<int, ConversionBatch> Make);

/// <summary>One conversion of a portion.</summary>
internal sealed class PortionItem(Conversion conversion)
{
    public Conversion Conversion { get; } = conversion;

    /// <summary>Why it had not gone before.</summary>
    public string? ReasonBefore { get; } = conversion.Reason;

    /// <summary>What it was read as: sent only as long as it still is.</summary>
    public ConsentState? Consent { get; set; }

    public Intent Intent { get; set; }

    /// <summary>Why not, where <see cref="Intent"/> is <see cref="Sending.Intent.Refuse"/>.</summary>
    public Refusal? Refusal { get; set; }

    /// <summary>As it stands in a request, in UTF-8.</summary>
    public byte[] Event { get; set; } = [];

    /// <summary>The same, sealed under the person's key for the effect's row.</summary>
    public byte[] Sealed { get; set; } = [];

    /// <summary>Its row of the outside effects, new or from an earlier attempt.</summary>
    public required EffectOfOne Effect { get; init; }

    /// <summary>What the platform said of it; null as long as nobody knows.</summary>
    public ChannelAnswer? Answer { get; set; }

    /// <summary>The request that the answer came to.</summary>
    public ConversionBatch? Batch { get; set; }

    /// <summary>An answer that speaks of it alone, sealed like its event.</summary>
    public byte[]? SealedAnswer { get; set; }

    /// <summary>The answer is written down.</summary>
    public bool IsTold { get; set; }

    /// <summary>Something changed since it was read: it does not go until it was read anew.</summary>
    public bool IsLeft { get; set; }

    /// <summary>How often it went over the wire in this portion.</summary>
    public int Sendings { get; set; }
}

/// <summary>What is to become of a conversion.</summary>
internal enum Intent
{
    Send = 0,

    /// <summary>Without consent it waits for an answer.</summary>
    Hold = 1,

    /// <summary>Our own check, or a rule of ours, speaks against it.</summary>
    Refuse = 2,
}

/// <param name="Id">Of the row.</param>
/// <param name="IsNew">The row is not there yet.</param>
/// <param name="Attempts">Before this portion.</param>
/// <param name="FirstAttemptAt">Null: there was none.</param>
internal sealed record EffectOfOne(Guid Id, bool IsNew, int Attempts, DateTimeOffset? FirstAttemptAt)
{
    public static EffectOfOne None() => new(Guid.CreateVersion7(), true, 0, null);
}
