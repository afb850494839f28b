using System.Globalization;
using RevOps.Core.Attribution;
using RevOps.Core.Platform;
using RevOps.Core.Scorecard.Checks;
using RevOps.Core.Scorecard.Claims;

namespace RevOps.Tests.Scorecard;

/// <summary>What each check finds in one small world, by number: its parts with value and n, and what follows of them.</summary>
public sealed class CheckValuesTests
{
    private static readonly (string Id, CheckState State, string Parts)[] Expected =
    [
        ("R01", CheckState.Passed, "share 1/4"),
        ("R02", CheckState.Passed, "share 1/4"),
        ("R03", CheckState.Failed, "share 0.3333/3"),
        ("R04", CheckState.Failed, "share 1/3, gaps 1/4, doubles 0/4, kept 0.6667/3"),
        ("R05", CheckState.Passed, "share 1/4, vectors 1/11"),
        ("R06", CheckState.Passed, "share 1/3, median 1/3"),
        ("R07", CheckState.Failed, "share 0.5/2"),
        ("R08", CheckState.Passed, "difference 0/3, dso 1/7"),
        ("R09", CheckState.Failed, "share 0/1"),
        ("R10", CheckState.Passed, "share 1/1, credited 1/1"),
        ("R11", CheckState.Failed, "share 0.75/4, audited 0.4/5"),
        ("R12", CheckState.Partial, "share 1/3, p95 200/3, doubles 0/0"),
        ("R13", CheckState.Failed, "share 1/3, fewer 1/3, proven 0.6316/3"),
        ("R14", CheckState.Failed, "key 0/1, live 0/1, paid 1/1, webhook 0/0"),
        ("R15", CheckState.Failed, "share 0.3333/3"),
        ("R16", CheckState.Failed, "closed 1/1, crm 1/1, agree 0.6711/3, explained 0.5/2"),
        ("M01", CheckState.Partial, "share 0.6667/3"),
        ("M02", CheckState.Failed, "share 0.6667/3"),
        ("M03", CheckState.Failed, "repeated 0.1429/7"),
        ("M04", CheckState.Failed, "share 0.5/2"),
        ("M05", CheckState.Unknown, "valid 0.875/8, read –/0, kappa –/0"),
        ("M06", CheckState.Failed, "share 0.5/2"),
        ("M08", CheckState.Failed, "share 0.3333/3"),
        ("M09", CheckState.Failed, "share 0/1, difference 12000/1, shown 0/5"),
        ("M10", CheckState.Unknown, "visits 96/1, calls 48/1, bookings –/0, stages 168/1, bank 48/1"),
        ("M11", CheckState.Unknown, "share 1/1, tested 1/1, hashed –/0"),
        ("M12", CheckState.Failed, "share 0.6667/3"),
        ("M13", CheckState.Partial, "share 0.6667/3"),
        ("M15", CheckState.Failed, "share 0.5/2, p95 0.5/1"),
        ("M16", CheckState.Passed, "twice 0/1, coverage 1/1"),
        ("M17", CheckState.Failed, "share 0.25/4"),
    ];

    [Fact]
    public async Task Checks_FindWhatIsThereAndNoMore()
    {
        await using var world = new WatchWorld();
        await new CheckValuesWorld(world).FillAsync();
        var reader = world.Get<CheckReader>();
        var found = new List<(string, CheckState, string)>();
        foreach (var (id, _, _) in Expected)
        {
            var finding = await reader.MeasureAsync(id, Mode.Live, CancellationToken.None);
            found.Add((id, Verdict.Of(CheckBook.Of(id), finding, null, world.Clock.GetUtcNow()).State, string.Join(", ", finding.Parts.Select(Said))));
            await reader.RowsAsync(id, Mode.Live, 0, 5, CancellationToken.None);
        }

        Assert.Equal(Expected, found);

        // Qualified were Ann and Bob; whoever refuses measurement or was erased is in no figure.
        await using (var db = await world.Host.OpenDatabaseAsync())
            Assert.Equal(2, (await QualifiedLeads.SinceAsync(db, DateTimeOffset.MinValue, CancellationToken.None)).Count);

        // Who is of the sandbox is the sandbox's, and proves nothing here.
        Assert.Equal("share 0/1", Said((await reader.MeasureAsync("M01", Mode.Sandbox, CancellationToken.None)).Parts[0]));
        Assert.Equal("valid 1/1", Said((await reader.MeasureAsync("M05", Mode.Sandbox, CancellationToken.None)).Parts[0]));

        // One exception refutes that all agree.
        await world.RunAsync<MeasureClaims>();
        var match = (await world.Get<ClaimQueries>().OfAsync(Mode.Live, [], CancellationToken.None)).Single(line => line.Claim.Id == "match");
        Assert.Equal((ClaimVerdict.Contradicted, 3L, 0.6579), (match.Verdict, match.Finding.N, Math.Round(match.Finding.Value!.Value, 4)));
    }

    /// <summary>Looked at every hour, evidence gets no younger.</summary>
    [Fact]
    public async Task Evidence_GoesStaleThoughItIsLookedAt()
    {
        await using var world = new WatchWorld();
        await new CheckValuesWorld(world).FillAsync();
        await world.RunAsync<MeasureChecks>();
        Assert.Equal(CheckState.Partial, await StateAsync("M01"));

        // A lead of three days ago is old after a week; what asks how the ledger stands is as young as the look.
        world.Clock.Advance(TimeSpan.FromDays(5));
        await world.RunAsync<MeasureChecks>();
        Assert.Equal((CheckState.Stale, CheckState.Passed), (await StateAsync("M01"), await StateAsync("R05")));

        async Task<CheckState> StateAsync(string id) => (await world.Get<ScorecardQueries>().OfAsync(Mode.Live, CancellationToken.None)).Lines.Single(line => line.Rule.Id == id).Verdict.State;
    }

    /// <summary>Whoever opens a check that fails finds what it fails by, whichever of its parts that is; a booking is opened where it stands.</summary>
    [Fact]
    public async Task Evidence_HasWhatFailsBesideTheRows()
    {
        await using var world = new WatchWorld();
        var filled = new CheckValuesWorld(world);
        await filled.FillAsync();
        await filled.SpoilAsync();
        Assert.Equal(["gaps F-2", "gaps F-4", "kept F-4"], await FaultsAsync("R04"));
        Assert.Equal(["stripe txn_1"], await FaultsAsync("R07"));
        Assert.Equal(["returns F-2"], await FaultsAsync("R10"));
        Assert.Equal(["audited ", "audited AV-1", "audited F-4"], await FaultsAsync("R11"));
        Assert.Equal(["doubles D", "doubles F-4"], await FaultsAsync("R12"));
        Assert.Equal(["twice booked.B", "twice booked.B2"], await FaultsAsync("M16"));
        var bookings = (await world.Get<CheckReader>().RowsAsync("R01", Mode.Live, 0, 25, CancellationToken.None)).Rows;
        Assert.All(bookings, row => Assert.True(row.InvoiceId is not null && row.PersonId is not null));

        async Task<IEnumerable<string>> FaultsAsync(string id)
        {
            var (rows, count) = await world.Get<CheckReader>().RowsAsync(id, Mode.Live, 0, 100, CancellationToken.None);
            Assert.Equal(count, rows.Count);

            // A page that begins among them ends among the rows.
            Assert.Equal(rows.Skip(1).Take(2).Select(row => row.Id), (await world.Get<CheckReader>().RowsAsync(id, Mode.Live, 1, 2, CancellationToken.None)).Rows.Select(row => row.Id));
            return rows.Where(row => row.Of is not null).Select(row => $"{row.Of} {row.Label}").Order(StringComparer.Ordinal);
        }
    }

    private static string Said(Part part) => $"{part.Name} {part.Value?.ToString("0.####", CultureInfo.InvariantCulture) ?? "–"}/{part.N}";
}
