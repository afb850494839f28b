using System.Text.Json;
using System.Text.Json.Serialization;
using RevOps.Core.Platform;

namespace RevOps.Core.Scorecard;

/// <summary>The document of GET /api/v1/metrics; a figure that cannot be known is null. Amounts in minor units of the company's currency.</summary>
public sealed record Metrics
{
    public required DateTimeOffset AsOf { get; init; }

    [JsonConverter(typeof(LowerCaseMode))]
    public required Mode Mode { get; init; }

    public required DsoFigures Dso { get; init; }
    public required ReceivableFigures Receivables { get; init; }
    public required InvoiceCounts Invoices { get; init; }
    public required RoasFigures Roas { get; init; }
    public required ConversionCounts Conversions { get; init; }
    public required ScoreFigures Score { get; init; }
    public required OutboxCounts Outbox { get; init; }
}

/// <summary>"sandbox", "test" or "live".</summary>
internal sealed class LowerCaseMode() : JsonStringEnumConverter<Mode>(JsonNamingPolicy.CamelCase);

public sealed record DsoFigures(double? SimpleDays, double? CountBackDays, double? TrueDays, double? BestPossibleDays);

public sealed record ReceivableFigures(long OpenMinor, long OverdueMinor, string Currency);

/// <param name="Open">Issued and not fully paid.</param>
/// <param name="Paid">Paid in the period.</param>
/// <param name="Cancelled">Cancelled before issue in the period.</param>
public sealed record InvoiceCounts(int AwaitingApproval, int Open, int Paid, int Cancelled);

/// <summary>Credited paid revenue ÷ ad spend of the period; null without spend.</summary>
/// <param name="ByClickDate">Revenue dated by the touch that gets the credit.</param>
/// <param name="ByPaymentDate">Revenue dated by the payment.</param>
public sealed record RoasFigures(double? ByClickDate, double? ByPaymentDate, string Model);

public sealed record ConversionCounts(int Queued, int Held, int Delivered, int Rejected);

/// <summary>Declared by the company, verified by evidence, projected if the open checks pass.</summary>
public sealed record ScoreFigures(Score Declared, Score Verified, Score Projected)
{
    public static ScoreFigures Unknown { get; } = new(Score.Unknown, Score.Unknown, Score.Unknown);
}

/// <summary>Points out of 100.</summary>
public sealed record Score(double? RevEng, double? MarEng, double? Global)
{
    public static Score Unknown { get; } = new(null, null, null);

    /// <summary>The whole is the mean of both disciplines, as in the source document.</summary>
    public static Score Of(double revEng, double marEng) => new(revEng, marEng, (revEng + marEng) / 2);
}

public sealed record OutboxCounts(int Pending, int Failing);
