using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Data;
using RevOps.Core.People;
using RevOps.Tests.Testing;

namespace RevOps.Tests.People;

/// <summary>What must hold of any history of sightings and answers: drawn at random from few keys, so that they meet often.</summary>
public sealed class IdentityOrderTests(IdentityGraphTests.OneHost one) : IClassFixture<IdentityGraphTests.OneHost>
{
    private static readonly DateTimeOffset Start = new(2026, 5, 4, 9, 0, 0, TimeSpan.Zero);

    private IdentityGraph Graph => one.Host.Services.GetRequiredService<IdentityGraph>();

    [Fact]
    public void Order_OfArrival_NeverChangesWhoIsOnePerson() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(25), Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
    {
        var history = Draw(new Random(seed));
        var (first, second) = (GroupsAsync(history, new Random(seed + 1)).GetAwaiter().GetResult(), GroupsAsync(history, new Random(seed + 2)).GetAwaiter().GetResult());
        Assert.Equal(first.Groups, second.Groups);
        Assert.Equal(first.Questions, second.Questions);
    }));

    [Fact]
    public void TouchWithoutConsent_IsJoinedToNobodyWhereAskingComesFirst() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(25), Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
    {
        // Nobody says a country here: unknown is as good as France.
        var history = Draw(new Random(seed));
        var (groups, _) = GroupsAsync(history, new Random(seed)).GetAwaiter().GetResult();
        foreach (var touch in history.Where(fact => fact.Sighting is { IsTouch: true }))
        {
            var with = groups.Select(group => group.Split(' ')).Single(group => group.Contains(touch.Name)).Select(name => history.Single(fact => fact.Name == name)).ToList();
            var devices = with.Where(fact => fact.Sighting?.IsTouch == true).Select(fact => fact.Sighting!.VisitorId).Distinct().ToList();
            if (devices.Count == 1 && with.TrueForAll(fact => (fact.Sighting?.Contact ?? fact.Of?.Contact) is null || fact.Sighting?.IsTouch == true))
                continue;

            // Joined to a name or another device: somebody agreed, on this device or by name, and nobody took it back since.
            var answers = with.Where(fact => fact.Granted is not null && (fact.Of!.Contact is not null || fact.Of.VisitorId == touch.Sighting!.VisitorId)).ToList();
            Assert.Contains(answers, fact => fact.Granted == true);
            Assert.True(answers.MaxBy(fact => (fact.At, fact.Granted == false))!.Granted);
        }
    }));

    [Fact]
    public void MergeThenUnmerge_IsIdentity() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(15), Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
    {
        var random = new Random(seed);
        var facts = StoreAsync(Draw(random), random).GetAwaiter().GetResult();
        var before = ReadAsync(facts).GetAwaiter().GetResult();
        var (one, other) = (facts[random.Next(facts.Count)].Person, facts[random.Next(facts.Count)].Person);

        LinkAsync(one, other).GetAwaiter().GetResult();
        UnlinkAsync(one, other).GetAwaiter().GetResult();
        Assert.Equal(before.Groups, ReadAsync(facts).GetAwaiter().GetResult().Groups);

        DecideAsync(one, KeyDecision.SeveralPeople).GetAwaiter().GetResult();
        DecideAsync(one, KeyDecision.None).GetAwaiter().GetResult();
        Assert.Equal(before.Groups, ReadAsync(facts).GetAwaiter().GetResult().Groups);
    }));

    private static List<Fact> Draw(Random random)
    {
        var facts = new List<Fact>();
        for (var index = 0; index < 24; index++)
        {
            var at = Start.AddHours(random.Next(24 * 20));
            var sighting = new Sighting(at)
            {
                VisitorId = random.Next(3) == 0 ? null : $"v{random.Next(6)}",
                Contact = random.Next(2) == 0 ? null : new()
                {
                    Ref = random.Next(4) == 0 ? $"r{random.Next(6)}" : null,
                    Email = random.Next(2) == 0 ? $"e{random.Next(5)}@example.com" : null,
                    Phone = random.Next(3) == 0 ? $"061234567{random.Next(3)}" : null,
                    FirstName = random.Next(3) == 0 ? random.Next(2) == 0 ? "Ann" : "Bob" : null,
                },
                ClickIds = random.Next(3) == 0 ? new() { Gclid = $"g{random.Next(4)}" } : null,
            };
            if (sighting.Contact is { Ref: null, Email: null, Phone: null })
                sighting = sighting with { Contact = null };
            if (sighting.VisitorId is null && sighting.Contact is null && sighting.ClickIds is null)
                continue;

            var answers = random.Next(4) == 0 && (sighting.VisitorId ?? (object?)sighting.Contact) is not null;
            facts.Add(answers
                ? new($"c{index}", at, null, random.Next(4) != 0) { Of = sighting with { ClickIds = null } }
                : new($"s{index}", at, sighting with { IsTouch = sighting.VisitorId is not null && random.Next(2) == 0 }, null));
        }

        return facts;
    }

    private async Task<(List<string> Groups, List<string> Questions)> GroupsAsync(List<Fact> history, Random order)
    {
        return await ReadAsync(await StoreAsync(history, order));
    }

    /// <summary>In any order, in batches of any size.</summary>
    private async Task<List<(Fact Fact, Guid Person)>> StoreAsync(List<Fact> history, Random order)
    {
        // The same keys each time: which of two questions is asked first depends on their hashes.
        await WipeAsync();
        var facts = new List<(Fact, Guid)>();
        var waiting = history.OrderBy(_ => order.Next()).ToList();
        while (waiting.Count > 0)
        {
            var batch = waiting[0].Granted is not null ? [waiting[0]] : waiting.TakeWhile(fact => fact.Granted is null).Take(1 + order.Next(5)).ToList();
            waiting.RemoveRange(0, batch.Count);
            facts.AddRange(await InAsync(async db =>
            {
                var seen = batch.ConvertAll(fact => fact.Sighting ?? fact.Of!);
                var (people, _) = await Graph.ResolveAllAsync(db, seen.ConvertAll(sighting => new SeenKeys(sighting, Graph)), CancellationToken.None);
                await db.SaveChangesAsync();
                if (batch[0].Granted is { } granted)
                {
                    db.Add(new ConsentRecord { Id = Guid.CreateVersion7(), PersonId = people[0].Fact, OccurredAt = batch[0].At, RecordedAt = batch[0].At, Measurement = granted, TextVersion = "1" });
                    await db.SaveChangesAsync();
                    await Graph.RegroupAsync(db, [people[0].Fact], batch[0].At, null, CancellationToken.None);
                }

                return batch.Zip(people, (fact, person) => (fact, person.Fact)).ToList();
            }));
        }

        return facts;
    }

    private async Task WipeAsync()
    {
        await using var db = await one.Host.OpenDatabaseAsync();
        await db.Set<ConsentRecord>().ExecuteDeleteAsync();
        await db.Set<SamePerson>().ExecuteDeleteAsync();
        await db.Set<PersonKey>().ExecuteDeleteAsync();
        await db.Set<IdentityKey>().ExecuteDeleteAsync();
        await db.Set<PersonAlias>().ExecuteDeleteAsync();
        await db.Set<Person>().ExecuteDeleteAsync();
    }

    private async Task<(List<string> Groups, List<string> Questions)> ReadAsync(List<(Fact Fact, Guid Person)> facts)
    {
        await using var db = await one.Host.OpenDatabaseAsync();
        var ids = facts.ConvertAll(fact => fact.Person);
        var stands = await db.Set<Person>().Where(person => ids.Contains(person.Id)).ToDictionaryAsync(person => person.Id, person => person.CanonicalId);
        var groups = facts.GroupBy(fact => stands[fact.Person]).Select(group => string.Join(' ', group.Select(fact => fact.Fact.Name).Order(StringComparer.Ordinal))).Order(StringComparer.Ordinal).ToList();

        var questions = (await db.Set<IdentityKey>().Where(key => key.Standing != KeyStanding.Joins).ToListAsync()).Select(key => $"{Convert.ToHexString(key.Hash)} {key.Standing}").Order(StringComparer.Ordinal).ToList();
        return (groups, questions);
    }

    private Task LinkAsync(Guid person, Guid other) => InAsync(async db =>
    {
        db.Add(new SamePerson { Id = Guid.CreateVersion7(), PersonId = person, OtherId = other, LinkedBy = "user:test", LinkedAt = Start });
        await db.SaveChangesAsync();
        return await Graph.RegroupAsync(db, [person, other], Start, "user:test", CancellationToken.None);
    });

    private Task UnlinkAsync(Guid person, Guid other) => InAsync(async db =>
    {
        await db.Set<SamePerson>().Where(link => link.PersonId == person && link.OtherId == other).ExecuteDeleteAsync();
        return await Graph.RegroupAsync(db, [person, other], Start, "user:test", CancellationToken.None);
    });

    private Task DecideAsync(Guid person, KeyDecision decision) => InAsync(async db =>
    {
        var key = await db.Set<PersonKey>().Where(seen => seen.PersonId == person).Join(db.Set<IdentityKey>(), seen => seen.KeyId, key => key.Id, (_, key) => key).OrderBy(key => key.Kind).FirstAsync();
        key.Decision = decision;
        await db.SaveChangesAsync();
        return await Graph.RegroupAsync(db, await db.Set<PersonKey>().Where(seen => seen.KeyId == key.Id).Select(seen => seen.PersonId).ToListAsync(), Start, "user:test", CancellationToken.None);
    });

    private async Task<T> InAsync<T>(Func<RevOpsDb, Task<T>> work)
    {
        await using var db = await one.Host.OpenDatabaseAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var result = await work(db);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return result;
    }

    private sealed record Fact(string Name, DateTimeOffset At, Sighting? Sighting, bool? Granted)
    {
        /// <summary>Who answered.</summary>
        public Sighting? Of { get; init; }
    }
}
