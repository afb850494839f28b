using Microsoft.EntityFrameworkCore;
using RevOps.Core.Receivables.BankFiles;
using RevOps.Core.Scorecard.Checks;

namespace RevOps.Core.Ingestion.Checks;

/// <summary>Every source spoke within its time: visits and conversations a day, bookings a week, the bank's statements a week.</summary>
public sealed class DataIsFresh : Check
{
    private static readonly (string Name, string Type, int Hours)[] Sources = [("visits", TouchReceived.Type, 24), ("calls", VoiceSessionReceived.Type, 24), ("bookings", BookingConfirmed.Type, 168)];

    public override string Id => "M10";

    public override async Task<IReadOnlyList<Part>> MeasureAsync(CheckScope scope, CancellationToken cancel)
    {
        var parts = new List<Part>();
        foreach (var (name, type, hours) in Sources)
        {
            var newest = await scope.Db.Set<ReceivedEvent>().Where(heard => heard.Mode == scope.Mode && heard.Type == type).MaxAsync(heard => (DateTimeOffset?)heard.OccurredAt, cancel);
            parts.Add(new(name, Measure.Hours, newest is { } at ? (scope.Now - at).TotalHours : null, newest is null ? 0 : 1, new(2 * hours, hours)));
        }

        // The bank is asked only where somebody ever brought a statement.
        if (await scope.Db.Set<BankLine>().Where(line => line.Mode == scope.Mode).MaxAsync(line => (DateOnly?)line.BookedOn, cancel) is { } booked)
            parts.Add(new("bank", Measure.Hours, 24 * (scope.Today.DayNumber - booked.DayNumber), 1, new(336, 168)));
        return parts;
    }

    public override IQueryable<EvidenceRow> Rows(CheckScope scope)
    {
        var since = scope.Ago(1);
        return scope.Db.Set<ReceivedEvent>().Where(heard => heard.Mode == scope.Mode && heard.OccurredAt >= since)
            .Select(heard => new EvidenceRow { Kind = EvidenceKind.Event, Id = heard.Id, At = heard.OccurredAt, Holds = true, Label = heard.Type });
    }
}
