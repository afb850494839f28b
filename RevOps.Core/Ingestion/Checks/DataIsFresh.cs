using Microsoft.EntityFrameworkCore;
using RevOps.Core.Receivables.BankFiles;
using RevOps.Core.Scorecard.Checks;
using RevOps.Core.Spend;

namespace RevOps.Core.Ingestion.Checks;

/// <summary>
/// Every source spoke within its time: visits and conversations a day, ad spend two days, bookings, consent, the CRM's stages, Stripe and the bank's
/// statements a week. A source that never spoke and that not every company has is not asked.
/// </summary>
public sealed class DataIsFresh : Check
{
    private const int Day = 24;
    private const int Week = 168;

    private static readonly (string Name, string[] Types, int Hours, bool IsForAll)[] Sources =
    [
        ("visits", [TouchReceived.Type], Day, true), ("calls", [VoiceSessionReceived.Type], Day, true), ("bookings", [BookingConfirmed.Type, DealWon.Type], Week, true),
        ("consent", [ConsentAnswered.Type], Week, false), ("stages", [LeadStageReached.Type], Week, false),
    ];

    public override string Id => "M10";

    /// <summary>Ages are what it asks for.</summary>
    public override bool IsState => true;

    public override async Task<IReadOnlyList<Part>> MeasureAsync(CheckScope scope, CancellationToken cancel)
    {
        var (parts, events) = (new List<Part>(), scope.Db.Set<ReceivedEvent>().Where(heard => heard.Mode == scope.Mode));
        foreach (var (name, types, hours, isForAll) in Sources)
        {
            var newest = await events.Where(heard => types.Contains(heard.Type)).MaxAsync(heard => (DateTimeOffset?)heard.OccurredAt, cancel);
            if (newest is not null || isForAll)
                parts.Add(Age(scope, name, newest, hours));
        }

        if (await events.Where(heard => heard.Source == StripeNoticed.Source).MaxAsync(heard => (DateTimeOffset?)heard.OccurredAt, cancel) is { } stripe)
            parts.Add(Age(scope, "stripe", stripe, Week));

        // A day of spend is over at its end, wherever the account is.
        if (await scope.Db.Set<AdSpend>().Where(row => row.Mode == scope.Mode).MaxAsync(row => (DateOnly?)row.Day, cancel) is { } spent)
            parts.Add(new("spend", Measure.Hours, Day * (scope.Today.DayNumber - spent.DayNumber), 1, new(4 * Day, 2 * Day)));
        if (await scope.Db.Set<BankLine>().Where(line => line.Mode == scope.Mode).MaxAsync(line => (DateOnly?)line.BookedOn, cancel) is { } booked)
            parts.Add(new("bank", Measure.Hours, Day * (scope.Today.DayNumber - booked.DayNumber), 1, new(2 * Week, Week)));
        return parts;
    }

    public override IQueryable<EvidenceRow> Rows(CheckScope scope)
    {
        var since = scope.Ago(1);
        return scope.Db.Set<ReceivedEvent>().Where(heard => heard.Mode == scope.Mode && heard.OccurredAt >= since)
            .Select(heard => new EvidenceRow { Kind = EvidenceKind.Event, Id = heard.Id, At = heard.OccurredAt, Holds = true, Label = heard.Type });
    }

    private static Part Age(CheckScope scope, string name, DateTimeOffset? newest, int hours) =>
        new(name, Measure.Hours, newest is { } at ? (scope.Now - at).TotalHours : null, newest is null ? 0 : 1, new(2 * hours, hours));
}
