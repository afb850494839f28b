using Microsoft.EntityFrameworkCore;
using RevOps.Core.Conversions;
using RevOps.Core.Conversions.Sending;
using RevOps.Core.Platform.Connections;
using RevOps.Core.Scorecard.Checks;

namespace RevOps.Core.Ingestion.Checks;

/// <summary>Each ad platform that is connected took its token within a day, knows where its conversions go, and took some within a day.</summary>
public sealed class AdCredentialsWork(ConnectionDesk desk, IEnumerable<IPlatformConnection> connections) : Check
{
    // What a platform answers of the place: Meta its dataset, Google the actions of the account.
    private static readonly string[] Places = ["dataset", "actions"];

    public override string Id => "M14";

    /// <summary>Each of its parts asks for its own age.</summary>
    public override bool IsState => true;

    public override async Task<IReadOnlyList<Part>> MeasureAsync(CheckScope scope, CancellationToken cancel)
    {
        // A platform that nobody connected is asked for nothing; where none is, the one of the source document is.
        var connected = connections.Where(one => one.Mode == scope.Mode && Enum.TryParse<AdPlatform>(one.Name, out _)).ToList();
        var parts = new List<Part>();
        foreach (var platform in connected.Select(one => Enum.Parse<AdPlatform>(one.Name)).DefaultIfEmpty(AdPlatform.Meta).Order())
        {
            var connection = connected.Find(one => one.Name == platform.ToString());
            var last = connection is null ? null : await desk.LastCheckAsync(connection, cancel);

            // A check is made by the system's clock.
            var isTried = last is { Outcome: CheckOutcome.Works } && TimeProvider.System.GetUtcNow() - last.At <= TimeSpan.FromDays(1);
            var taken = await Taken(scope).Where(batch => batch.Platform == platform).MaxAsync(batch => (DateTimeOffset?)batch.SentAt, cancel);
            parts.Add(Part.Fact("key." + platform, isTried, 1));
            parts.Add(Part.Fact("place." + platform, isTried && Places.Any(last!.Facts.ContainsKey), 1));
            parts.Add(new("taken." + platform, Measure.Hours, taken is { } at ? (scope.Now - at).TotalHours : null, taken is null ? 0 : 1, new(48, 24)));
        }

        return parts;
    }

    public override IQueryable<EvidenceRow> Rows(CheckScope scope) =>
        Taken(scope).Select(batch => new EvidenceRow { Kind = EvidenceKind.Connection, Id = batch.Id, At = batch.SentAt, Holds = true, Label = batch.RequestId });

    private static IQueryable<ConversionBatch> Taken(CheckScope scope) => scope.Db.Set<ConversionBatch>().Where(batch => batch.Mode == scope.Mode && batch.HttpStatus >= 200 && batch.HttpStatus < 300);
}
