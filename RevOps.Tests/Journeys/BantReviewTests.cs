using System.Globalization;
using System.Text.Json.Nodes;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Attribution;
using RevOps.Core.Attribution.Review;
using RevOps.Core.Billing;
using RevOps.Core.Data;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion;
using RevOps.Core.Ingestion.Persons;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Journeys;

/// <summary>A person reads calls again without knowing what the voice AI made of them.</summary>
[Collection(AttributionAgency.Name)]
public sealed class BantReviewTests(AttributionAgency one)
{
    private readonly Agency agency = one.Agency;

    private BantDesk Desk => agency.Host.Services.GetRequiredService<BantDesk>();

    private BantReviewQueries Queries => agency.Host.Services.GetRequiredService<BantReviewQueries>();

    [Fact]
    public async Task CanReadBlind_AndSeeHowFarTheAgentIsRight()
    {
        for (var number = 0; number < 12; number++)
            await SpeakAsync(number, qualified: number % 2 == 0);
        var sale = Events.Sale("BR-1", customer: "BR-1");
        (sale["visitorId"], sale["customer"]!["email"]) = ("caller-0", "caller.0@example.com");
        await agency.SendAsync("booking_confirmed", sale);
        await agency.Host.DrainAsync();
        await OfAnotherModeAsync();

        var (marketing, privacy) = (await agency.ApproverAsync(await agency.HireAsync("round@agency.example", Roles.Marketing)), await agency.ApproverAsync(await agency.HireAsync("blind@agency.example", Roles.Privacy)));
        var period = await Queries.UsualPeriodAsync();
        Assert.Equal(ReviewResult.NotAllowed, (await Desk.BeginAsync(period, 10, await agency.ApproverAsync(), CancellationToken.None)).Result);
        Assert.Equal(ReviewResult.Wrong, (await Desk.BeginAsync(period, 9, marketing, CancellationToken.None)).Result);
        var (begun, round) = await Desk.BeginAsync(period, 10, marketing, CancellationToken.None);
        Assert.Equal(ReviewResult.Done, begun);
        var id = round!.Value;

        // Blind: another verdict of the same words is the same page.
        var first = (await Queries.ReadingAsync(id, null))!;
        using var reader = await agency.Host.SignedInAsync(Roles.Privacy);
        var before = await QuestionsAsync(reader, id, 1);
        Assert.Contains("said about budget", before, StringComparison.Ordinal);
        await TurnAsync(first.SessionId);
        Assert.Equal(before, await QuestionsAsync(reader, id, 1));
        await TurnAsync(first.SessionId);
        Assert.DoesNotContain("class=\"agent\"", before, StringComparison.Ordinal);
        Assert.DoesNotContain("checked", before, StringComparison.Ordinal);
        Assert.Null(first.Agent);

        // Nine are read as the agent saw them, the last one against it.
        Assert.Equal(ReviewResult.NotAllowed, await Desk.ReadAsync(id, 1, new(true, true, true, true, true), marketing, CancellationToken.None));
        for (var position = 1; position <= 10; position++)
        {
            var agent = await AgentAsync((await Queries.ReadingAsync(id, position))!.SessionId);
            var found = new BantFinding(agent.Budget, agent.Authority, agent.Need, agent.Timeline, position < 10 ? agent.Qualified : !agent.Qualified, "A note");
            Assert.Equal(ReviewResult.Done, await Desk.ReadAsync(id, position, found, privacy, CancellationToken.None));
        }

        Assert.Equal(ReviewResult.NothingNew, await Desk.ReadAsync(id, 1, new(null, null, null, null, null), privacy, CancellationToken.None));
        Assert.Contains("class=\"agent\"", await QuestionsAsync(reader, id, 1), StringComparison.Ordinal);
        var results = (await Queries.ResultsAsync(id))!;
        Assert.Equal((10, 0.9), (results.Qualified.N, results.Qualified.Agreement!.Value));
        Assert.Equal((1, 10), (results.AgainstOutcome.Count, results.WithOutcome));
        Assert.Equal(1, results.Item(found => found.Budget, agent => agent.Budget).Agreement);
        var seen = (await Queries.RoundsAsync()).Single(row => row.Id == id);
        Assert.Equal((10, 12, true), (seen.Read, seen.OutOf, seen.ClosedAt is not null));
        Assert.Equal(1, (await ActivatorUtilities.CreateInstance<VoiceLatencyQueries>(agency.Host.Services).NowAsync(Mode.Test)).Sessions);
        Assert.Equal("A note", (await Queries.ReadingAsync(id, 1))!.Found!.Note);

        // One of six qualified people bought, and nobody of another mode counts.
        var won = await Queries.WonAsync(period);
        Assert.Equal((new Proportion(1, 6), new Proportion(0, 6)), (won.Qualified, won.Others));

        using var watcher = await agency.Host.SignedInAsync(Roles.Marketing);
        var page = await watcher.GetStringAsync($"/journeys/bant?round={id}&show=outcome");
        Assert.Contains("Precondition: turn latency", page, StringComparison.Ordinal);
        Assert.Contains("1 of 10 readings", page, StringComparison.Ordinal);
        Assert.All(new[] { page, await watcher.GetStringAsync("/journeys/channels"), await watcher.GetStringAsync("/attribution"), await watcher.GetStringAsync("/attribution/paths") }, one => Assert.Contains("class=\"forgetful\"", one, StringComparison.Ordinal));
        await using var db = await agency.Host.OpenDatabaseAsync();
        Assert.Equal(10, await db.Set<AuditEntry>().CountAsync(entry => entry.Action == "bantReview.read"));
        await WhoWithdrawsOrIsErased_IsInNoFigureAsync(id, period, results, await ApproverOfAsync("forget@agency.example"));
    }

    /// <summary>Said by their browser, which is parted from them by that very word.</summary>
    private async Task WhoWithdrawsOrIsErased_IsInNoFigureAsync(Guid round, Period period, ReviewResults before, Approver privacy)
    {
        var numbers = new Dictionary<Guid, int>();
        await using (var db = await agency.Host.OpenDatabaseAsync())
        {
            foreach (var session in await db.Set<VoiceSession>().Where(session => session.SessionId.StartsWith("BR-S-")).ToListAsync())
                numbers[session.Id] = int.Parse(session.SessionId["BR-S-".Length..], CultureInfo.InvariantCulture);
        }

        var gone = before.Rows.Where(row => numbers[row.SessionId] != 0).Take(2).ToList();
        var latency = ActivatorUtilities.CreateInstance<VoiceLatencyQueries>(agency.Host.Services);
        var spoken = (await latency.NowAsync()).Sessions;
        await agency.SendAsync("consent", Events.Consent($"caller-{numbers[gone[0].SessionId]}", measurement: "denied"));
        Assert.Equal(PeopleResult.Done, await agency.Host.Services.GetRequiredService<PeopleDesk>().EraseAsync(gone[1].PersonId, privacy, CancellationToken.None));
        await agency.Host.DrainAsync();

        var results = (await Queries.ResultsAsync(round))!;
        Assert.Equal((8, 8, 2), (results.Rows.Count, results.Qualified.N, results.LeftOut));
        Assert.DoesNotContain(results.Rows, row => gone.Any(one => one.SessionId == row.SessionId));
        foreach (var row in gone)
            Assert.Null(await Queries.ReadingAsync(round, row.Position));
        var won = await Queries.WonAsync(period);
        Assert.Equal((6 - gone.Count(row => row.Agent.Qualified), 6 - gone.Count(row => !row.Agent.Qualified), 2), (won.Qualified.Of, won.Others.Of, won.LeftOut));
        Assert.Equal(spoken - 1, (await ActivatorUtilities.CreateInstance<VoiceLatencyQueries>(agency.Host.Services).NowAsync()).Sessions);
        using var watcher = await agency.Host.SignedInAsync(Roles.Marketing);
        var page = await watcher.GetStringAsync($"/journeys/bant?round={round}");
        Assert.Contains("2 people are left out", page, StringComparison.Ordinal);
        Assert.Contains("2 readings are left out", page, StringComparison.Ordinal);

        // Nor are they drawn again.
        var (_, next) = await Desk.BeginAsync(period, 12, privacy, CancellationToken.None);
        Assert.Equal(10, (await Queries.RoundsAsync()).Single(row => row.Id == next).OutOf);
    }

    /// <summary>From before the account was changed: a conversation, and a sale of somebody who speaks now.</summary>
    private async Task OfAnotherModeAsync()
    {
        await SpeakAsync(12, qualified: true);
        await agency.SendAsync("lead_stage", new() { ["contact"] = new JsonObject { ["email"] = "caller.2@example.com" }, ["stage"] = "won" });
        await agency.Host.DrainAsync();
        await using var db = await agency.Host.OpenDatabaseAsync();
        var ids = await db.Set<VoiceSession>().Where(session => session.SessionId == "BR-S-12").Select(session => session.Id).Concat(db.Set<LeadStageRecord>().Where(stage => stage.Stage == "won").Select(stage => stage.Id)).ToListAsync();
        Assert.Equal(2, await db.WriteAsync(() => db.Set<ReceivedEvent>().Where(heard => ids.Contains(heard.Id)).ExecuteUpdateAsync(set => set.SetProperty(heard => heard.Mode, Mode.Test)), CancellationToken.None));
    }

    private async Task<Approver> ApproverOfAsync(string email) => await agency.ApproverAsync(await agency.HireAsync(email, Roles.Privacy));

    private static async Task<string> QuestionsAsync(HttpClient client, Guid round, int position)
    {
        using var page = await new HtmlParser().ParseDocumentAsync(await client.GetStringAsync($"/journeys/bant/{round}/read?n={position}"));
        return string.Join('\n', page.QuerySelectorAll("main fieldset").Select(question => question.OuterHtml));
    }

    private async Task SpeakAsync(int number, bool qualified)
    {
        var voice = Events.Voice($"BR-S-{number}", $"caller-{number}", $"caller.{number}@example.com", agency.Clock.GetUtcNow(), met: qualified ? 4 : 1);
        voice["contact"]!.AsObject().Remove("phone");
        voice["outcome"] = qualified ? "qualified" : "unqualified";
        voice["latencyMs"] = new JsonObject { ["p50"] = 600, ["p95"] = 1_200 };
        foreach (var (name, answer) in voice["bant"]!.AsObject())
            answer!["evidence"] = $"said about {name}";
        await agency.SendAsync("voice_session", voice);
    }

    /// <summary>The opposite verdict.</summary>
    private async Task TurnAsync(Guid session)
    {
        await using var db = await agency.Host.OpenDatabaseAsync();
        var agent = await AgentAsync(session);
        var outcome = agent.Qualified ? VoiceOutcome.Unqualified : VoiceOutcome.Qualified;
        await db.WriteAsync(() => db.Set<VoiceSession>().Where(row => row.Id == session).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.Outcome, outcome).SetProperty(row => row.Qualified, !agent.Qualified)
            .SetProperty(row => row.Budget, !agent.Budget).SetProperty(row => row.Authority, !agent.Authority).SetProperty(row => row.Need, !agent.Need).SetProperty(row => row.Timeline, !agent.Timeline)), CancellationToken.None);
    }

    private async Task<AgentView> AgentAsync(Guid session)
    {
        await using var db = await agency.Host.OpenDatabaseAsync();
        return await db.Set<VoiceSession>().Where(row => row.Id == session).Select(row => new AgentView(row.Budget, row.Authority, row.Need, row.Timeline, row.Qualified, row.Outcome)).SingleAsync();
    }
}
