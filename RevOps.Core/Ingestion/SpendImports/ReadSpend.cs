using Microsoft.EntityFrameworkCore;
using RevOps.Core.Conversions;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Spend;

namespace RevOps.Core.Ingestion.SpendImports;

/// <summary>
/// Reads one portion of an account's days and the account's own totals of them, and puts both in at once: a portion that breaks off half-way
/// leaves what was there. What throttling, an expired token or a refusal mean for it is said by the kind of answer.
/// </summary>
public sealed class ReadSpend(IDbContextFactory<RevOpsDb> databases, IEnumerable<ISpendSource> sources, TimeProvider clock) : IOutboxJob
{
    // Until somebody connects it, or mends the token.
    private static readonly TimeSpan ConnectionWait = TimeSpan.FromMinutes(15);

    // Until the day has begun where the account is.
    private static readonly TimeSpan DayWait = TimeSpan.FromHours(1);

    // Platforms throttle by the hour and lift it by degrees.
    private static readonly TimeSpan ThrottleWait = TimeSpan.FromMinutes(2);

    public async Task<OutboxResult> RunAsync(OutboxRow row, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var reading = await db.Set<SpendReading>().SingleOrDefaultAsync(one => one.Id == Guid.Parse(row.Argument), cancel);
        if (reading is not { IsOpen: true })
            return OutboxResult.Done;
        var account = await db.Set<AdAccount>().SingleAsync(one => one.Id == reading.AccountId, cancel);
        var source = sources.Single(one => one.Platform == account.Platform);
        if (source.Account is not { } connected)
            return OutboxResult.Wait($"{account.Platform} is not connected.", ConnectionWait);
        if (connected != new ConnectedAccount(account.Account, account.Mode))
            return await EndAsync(db, reading, new(ChannelOutcome.Refused, null, "other_account", "Another account is connected now.", null, null, ""), cancel);

        (reading.Attempts, reading.TriedAt) = (reading.Attempts + 1, clock.GetUtcNow());
        await db.SaveChangesAsync(cancel);
        try
        {
            return await ReadAsync(source, account.Id, reading, cancel);
        }
        catch (SpendReadException failed)
        {
            return await EndAsync(db, reading, failed.Answer, cancel);
        }
    }

    private async Task<OutboxResult> ReadAsync(ISpendSource source, Guid accountId, SpendReading asked, CancellationToken cancel)
    {
        var (at, days) = (clock.GetUtcNow(), new Period(asked.From, asked.To));
        var told = await source.DescribeAsync(cancel);

        // A new account's days were planned by the company's clock: further west it is still the day before.
        var today = TodayOf(told, at);
        if (days.From > today)
            return OutboxResult.Wait($"In {told.TimeZone} it is still {today:yyyy-MM-dd}.", DayWait);
        days = new(days.From, days.To < today ? days.To : today);
        var facts = await source.ReadAsync(days, told, cancel);
        var totals = await source.TotalsAsync(days, told, cancel);

        // Nothing is waited for from here on but the database.
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        var account = await db.Set<AdAccount>().SingleAsync(one => one.Id == accountId, cancel);
        var reading = await db.Set<SpendReading>().SingleAsync(one => one.Id == asked.Id, cancel);
        (account.Name, account.Currency, account.TimeZone) = (told.Name, told.Currency, told.TimeZone);
        var change = await SpendLedger.ReadAsync(db, account, days, facts, at, cancel);
        (reading.Rows, reading.Added, reading.Changed, reading.Removed) = (change.Rows, change.Added, change.Changed, change.Removed);
        (reading.To, reading.State, reading.Code, reading.Message) = (days.To, ReadingState.Done, null, null);
        await PutTotalsAsync(db, account, days, totals, at, cancel);
        await db.SaveChangesAsync(cancel);
        return OutboxResult.Done;
    }

    private static DateOnly TodayOf(AccountFacts facts, DateTimeOffset now) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, TimeZoneInfo.TryFindSystemTimeZoneById(facts.TimeZone, out var own) ? own : TimeZoneInfo.Utc).DateTime);

    private static async Task PutTotalsAsync(RevOpsDb db, AdAccount account, Period days, IReadOnlyList<DayTotal> totals, DateTimeOffset at, CancellationToken cancel)
    {
        var (known, said) = (await db.Set<AccountTotal>().Where(total => total.AccountId == account.Id && total.Day >= days.From && total.Day <= days.To).ToDictionaryAsync(total => total.Day, cancel), totals.ToDictionary(total => total.Day, total => total.Cost));
        for (var day = days.From; day <= days.To; day = day.AddDays(1))
        {
            var cost = said.TryGetValue(day, out var told) ? told : Money.Zero(account.Currency!);
            if (known.TryGetValue(day, out var total))
                (total.CostMinor, total.Currency, total.AskedAt) = (cost.Minor, cost.Currency, at);
            else
                db.Add(new AccountTotal { Id = Guid.CreateVersion7(), AccountId = account.Id, Day = day, Currency = cost.Currency, CostMinor = cost.Minor, AskedAt = at });
        }
    }

    private static async Task<OutboxResult> EndAsync(RevOpsDb db, SpendReading reading, ChannelAnswer answer, CancellationToken cancel)
    {
        (reading.Code, reading.Message) = (Conversion.Cut(answer.Code, 100), Conversion.Cut(answer.Message, 1_000));
        reading.State = answer.Outcome == ChannelOutcome.Refused ? ReadingState.GivenUp : ReadingState.Failing;
        await db.SaveChangesAsync(cancel);
        return answer.Outcome switch
        {
            ChannelOutcome.Refused => OutboxResult.Done,
            ChannelOutcome.ConnectionBroken => OutboxResult.Retry($"{answer.Code}: {answer.Message}", ConnectionWait),
            _ => OutboxResult.Retry($"{answer.Code}: {answer.Message}", answer.RetryAfter ?? ThrottleWait),
        };
    }
}
