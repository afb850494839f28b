using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Conversions;
using RevOps.Core.Conversions.Sending;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion.Persons;
using RevOps.Core.People;
using RevOps.Core.Platform.Outbox;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Journeys;

/// <summary>Platforms that answer what they seldom answer: it stops what it is about and nothing else, and nobody is rejected for what is not theirs.</summary>
public sealed class SendingTroubleTests
{
    [Fact]
    public async Task OneWrongAction_StopsItsOwnConversionsOnly()
    {
        var (agency, google) = await OpenAsync();
        await using var opened = agency;
        google.OnSend = (body, _) => Task.FromResult(body.Contains("lead.S-1", StringComparison.Ordinal)
            ? new ChannelAnswer(ChannelOutcome.ConnectionBroken, null, "INVALID_CONVERSION_ACTION_TYPE", "No.", null, 400, "") { NamesDestination = true } : null);
        await agency.SendAsync("consent", Events.Consent("v-1"));
        await agency.SendAsync("voice_session", Events.Voice("S-1", "v-1", "ann@acme.example", agency.Clock.GetUtcNow(), met: 0));
        await BookAsync(agency, "v-1", "B-0");
        await agency.Host.DrainAsync();

        Assert.Equal(
            [("booked.B-0", ConversionStatus.Received, null), ("lead.S-1", ConversionStatus.Queued, "INVALID_CONVERSION_ACTION_TYPE")],
            (await AtGoogleAsync(agency)).Select(row => (row.EventId, row.Status, row.Reason)));
        await using var db = await agency.Host.OpenDatabaseAsync();
        Assert.Equal("Google: INVALID_CONVERSION_ACTION_TYPE", (await db.Set<OutboxRow>().SingleAsync(row => row.Job == nameof(SendConversions) && row.Argument == "Google" && row.State == OutboxState.Waiting)).LastError);
        Assert.Equal(2, google.Sent.Count);
    }

    [Fact]
    public async Task RefusalThatNamesNoEvent_RejectsNobodyUntilOthersGetThrough()
    {
        var (agency, google) = await OpenAsync();
        await using var opened = agency;
        google.OnSend = (_, _) => Task.FromResult<ChannelAnswer?>(SteeredChannel.Refused("NOT_FOUND"));
        await agency.SendAsync("consent", Events.Consent("v-1"));
        await BookAsync(agency, "v-1", "B-0", "B-1", "B-2");
        await agency.Host.DrainAsync();
        Assert.All(await AtGoogleAsync(agency), row => Assert.Equal((ConversionStatus.Queued, "NOT_FOUND"), (row.Status, row.Reason)));

        // Where others are taken it is this one that is wrong.
        google.OnSend = (body, _) => Task.FromResult(body.Contains("booked.B-1", StringComparison.Ordinal) ? SteeredChannel.Refused("NOT_FOUND") : null);
        agency.Clock.Advance(TimeSpan.FromMinutes(2));
        await agency.Host.DrainAsync();
        Assert.Equal([ConversionStatus.Received, ConversionStatus.Rejected, ConversionStatus.Received], (await AtGoogleAsync(agency)).Select(row => row.Status));
    }

    /// <summary>The app was off, or the token broken, when the day was over: what the platform took is not rejected for that.</summary>
    [Fact]
    public async Task LatePoll_RejectsOnlyWhatThePlatformItselfStillWorksOn()
    {
        var (agency, google) = await OpenAsync();
        await using var opened = agency;
        google.OnPoll = () => new(new(ChannelOutcome.ConnectionBroken, null, "UNAUTHENTICATED", null, null, 401, ""), []);
        await agency.SendAsync("consent", Events.Consent("v-1"));
        await BookAsync(agency, "v-1", "B-0");
        await agency.Host.DrainAsync();
        agency.Clock.Advance(TimeSpan.FromHours(60));
        await agency.Host.DrainAsync();
        Assert.Equal(ConversionStatus.Received, Assert.Single(await AtGoogleAsync(agency)).Status);

        google.OnPoll = () => null;
        agency.Clock.Advance(TimeSpan.FromMinutes(1));
        await agency.Host.DrainAsync();
        Assert.Equal((ConversionStatus.Delivered, null), (Assert.Single(await AtGoogleAsync(agency)) is var row ? (row.Status, row.Reason) : default));
    }

    [Fact]
    public async Task PollThatStaysUnanswered_EndsAfterADay()
    {
        var (agency, google) = await OpenAsync();
        await using var opened = agency;
        google.OnPoll = () => new(new(ChannelOutcome.Received, null, "PROCESSING", null, null, 200, ""), []);
        await agency.SendAsync("consent", Events.Consent("v-1"));
        await BookAsync(agency, "v-1", "B-0");
        await agency.Host.DrainAsync();
        agency.Clock.Advance(TimeSpan.FromHours(27));
        await agency.Host.DrainAsync();

        Assert.Equal((ConversionStatus.Rejected, "no_result"), (Assert.Single(await AtGoogleAsync(agency)) is var row ? (row.Status, row.Reason) : default));
    }

    /// <summary>A receipt is no conversion: a refund of what was refused after it would be counted as a new one. What goes again is waited for.</summary>
    [Theory]
    [InlineData(ChannelOutcome.Refused, ConversionStatus.Rejected, "never_sent")]
    [InlineData(ChannelOutcome.Retry, ConversionStatus.Queued, "waits_for_sale")]
    [InlineData(ChannelOutcome.Delivered, ConversionStatus.Received, null)]
    public async Task Refund_GoesOnlyWhereThePlatformHasTheSale(ChannelOutcome result, ConversionStatus status, string? reason)
    {
        var (agency, google) = await OpenAsync();
        await using var opened = agency;
        google.OnPoll = () => new(new(ChannelOutcome.Delivered, null, null, null, null, 200, ""), [new(result, "INTERNAL_ERROR", "", int.MaxValue, null, result == ChannelOutcome.Retry ? TimeSpan.FromDays(1) : null)]);
        await agency.SendAsync("consent", Events.Consent("v-1"));
        await BookAsync(agency, "v-1", "B-0");
        await LaterAsync(agency);
        await using (var db = await agency.Host.OpenDatabaseAsync())
        {
            var booked = await db.Set<Conversion>().SingleAsync(row => row.Platform == AdPlatform.Google);
            var refund = new Conversion
            {
                Id = Guid.CreateVersion7(),
                Platform = AdPlatform.Google,
                Stage = ConversionStage.Refunded,
                EventId = "refunded.B-0",
                TransactionId = booked.TransactionId,
                PersonId = booked.PersonId,
                SubjectId = booked.SubjectId,
                Mode = booked.Mode,
                OccurredAt = agency.Clock.GetUtcNow(),
                RecordedAt = agency.Clock.GetUtcNow(),
                ValueMinor = 0,
                Currency = "EUR",
            };
            refund.Queue(agency.Clock.GetUtcNow());
            db.Add(refund);
            await ConversionQueue.AskAsync(db, AdPlatform.Google, agency.Clock.GetUtcNow(), CancellationToken.None);
            await db.SaveChangesAsync();
        }

        await agency.Host.DrainAsync();
        var told = (await AtGoogleAsync(agency)).Single(row => row.Stage == ConversionStage.Refunded);
        Assert.Equal((status, reason), (told.Status, told.Reason));
        Assert.Equal(status == ConversionStatus.Received ? 2 : 1, google.Sent.Count);
    }

    private static async Task LaterAsync(Agency agency)
    {
        await agency.Host.DrainAsync();
        agency.Clock.Advance(TimeSpan.FromHours(1));
        await agency.Host.DrainAsync();
    }

    /// <summary>To find a culprit takes minutes: whoever withdraws meanwhile is left out of all that is not on the wire yet.</summary>
    [Fact]
    public async Task WithdrawalBetweenTwoCalls_CountsForTheSecond()
    {
        var (agency, google) = await OpenAsync();
        await using var opened = agency;
        foreach (var visitor in new[] { "v-1", "v-2" })
            await agency.SendAsync("consent", Events.Consent(visitor));
        await BookAsync(agency, "v-1", "B-0");
        await BookAsync(agency, "v-2", "B-1", "B-2");
        google.OnSend = async (body, count) =>
        {
            if (count < 3)
                return null;
            await WithdrawAsync(agency, "v-1");
            return SteeredChannel.Refused("INVALID_EVENT", namesEvent: true);
        };
        await agency.Host.DrainAsync();

        Assert.Equal([ConversionStatus.Held, ConversionStatus.Received, ConversionStatus.Received], (await AtGoogleAsync(agency)).Select(row => row.Status));
        Assert.Single(google.Sent, body => body.Contains("booked.B-0", StringComparison.Ordinal));
    }

    [Fact]
    public async Task WithdrawalWhileAPlatformAsksForPatience_CountsForTheNextAttempt()
    {
        var (agency, google) = await OpenAsync();
        await using var opened = agency;
        foreach (var visitor in new[] { "v-1", "v-2" })
            await agency.SendAsync("consent", Events.Consent(visitor));
        await BookAsync(agency, "v-1", "B-0");
        await BookAsync(agency, "v-2", "B-1");
        google.OnSend = async (_, count) =>
        {
            if (count < 2)
                return null;
            await WithdrawAsync(agency, "v-1");
            return new(ChannelOutcome.Retry, null, "RESOURCE_EXHAUSTED", null, TimeSpan.FromMilliseconds(1), 429, "");
        };
        await agency.Host.DrainAsync();

        Assert.Equal([ConversionStatus.Held, ConversionStatus.Received], (await AtGoogleAsync(agency)).Select(row => row.Status));
        Assert.Equal(2, google.Sent.Count);
    }

    [Fact]
    public async Task ErasureBetweenTwoCalls_CountsForTheSecond()
    {
        var (agency, google) = await OpenAsync();
        await using var opened = agency;
        var privacy = await agency.ApproverAsync(await agency.HireAsync("privacy@agency.example", Roles.Privacy));
        foreach (var (session, visitor) in new[] { ("S-1", "v-1"), ("S-2", "v-2"), ("S-3", "v-2") })
        {
            await agency.SendAsync("consent", Events.Consent(visitor));
            await agency.SendAsync("voice_session", Events.Voice(session, visitor, $"{visitor}@acme.example", agency.Clock.GetUtcNow(), met: 0));
        }

        var gone = (await AtGoogleAsync(agency)).Single(row => row.EventId == "lead.S-1").PersonId;
        google.OnSend = async (_, count) =>
        {
            if (count < 3)
                return null;
            Assert.Equal(PeopleResult.Done, await agency.Host.Services.GetRequiredService<PeopleDesk>().EraseAsync(gone, privacy, CancellationToken.None));
            return SteeredChannel.Refused("INVALID_EVENT", namesEvent: true);
        };
        await agency.Host.DrainAsync();

        Assert.Single(google.Sent, body => body.Contains("lead.S-1", StringComparison.Ordinal));
        Assert.All((await AtGoogleAsync(agency)).Where(row => row.EventId != "lead.S-1"), row => Assert.Equal(ConversionStatus.Received, row.Status));
        Assert.DoesNotContain(await AtGoogleAsync(agency), row => row.EventId == "lead.S-1" && row.Status is ConversionStatus.Queued or ConversionStatus.Delivered);
    }

    private static async Task WithdrawAsync(Agency agency, string visitor)
    {
        agency.Clock.Advance(TimeSpan.FromSeconds(1));
        await using var before = await agency.Host.OpenDatabaseAsync();
        var known = await before.Set<ConsentRecord>().CountAsync();
        await agency.SendAsync("consent", Events.Consent(visitor, ads: "denied"));
        for (var tries = 0; tries < 500 && await before.Set<ConsentRecord>().CountAsync() == known; tries++)
            await Task.Delay(TimeSpan.FromMilliseconds(10));
    }

    private static async Task<(Agency Agency, SteeredChannel Google)> OpenAsync()
    {
        var agency = await Agency.OpenAsync(configure: services =>
        {
            var own = services.Where(service => service.ServiceType == typeof(IConversionChannel)).ToList();
            own.ForEach(service => services.Remove(service));
            own.ForEach(service => services.AddSingleton<IConversionChannel>(container => new SteeredChannel((IConversionChannel)service.ImplementationFactory!(container))));
        });
        return (agency, agency.Host.Services.GetServices<IConversionChannel>().OfType<SteeredChannel>().Single(channel => channel.Platform == AdPlatform.Google));
    }

    private static async Task BookAsync(Agency agency, string visitor, params string[] bookings)
    {
        foreach (var booking in bookings)
        {
            var sale = Events.Sale(booking, customer: $"C-{visitor}");
            sale["visitorId"] = visitor;
            await agency.SendAsync("booking_confirmed", sale);
        }
    }

    private static async Task<List<Conversion>> AtGoogleAsync(Agency agency)
    {
        await using var db = await agency.Host.OpenDatabaseAsync();
        return await db.Set<Conversion>().AsNoTracking().Where(row => row.Platform == AdPlatform.Google).OrderBy(row => row.EventId).ToListAsync();
    }
}
