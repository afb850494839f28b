using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.People;
using RevOps.Tests.Testing;

namespace RevOps.Tests.People;

/// <summary>Each test has people of its own: keys begin with its name.</summary>
public sealed class IdentityGraphTests(IdentityGraphTests.OneHost one) : IClassFixture<IdentityGraphTests.OneHost>
{
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 9, 0, 0, TimeSpan.Zero);
    private readonly string own = Guid.NewGuid().ToString("N");

    [Fact]
    public async Task Visitor_ThatAgreesAndGivesAnEmail_IsThePersonOfThatEmail()
    {
        var visitor = await SeeAsync(visitor: "v-1");
        var caller = await SeeAsync(email: "Ann@Example.com ");
        await AnswerAsync(visitor, measurement: true);
        Assert.NotEqual(await CanonicalAsync(visitor), await CanonicalAsync(caller));

        await SeeAsync(visitor: "v-1", email: "ann@example.com");
        Assert.Equal(await CanonicalAsync(visitor), await CanonicalAsync(caller));
    }

    [Fact]
    public async Task Visitor_WhoNeverAgreed_StaysApartUntilTheyDo_AndIsPartedWhenTheyWithdraw()
    {
        var visitor = await SeeAsync(visitor: "v-1");
        var caller = await SeeAsync(visitor: "v-1", email: "ann@example.com");
        Assert.NotEqual(await CanonicalAsync(visitor), await CanonicalAsync(caller));

        await AnswerAsync(caller, measurement: true);
        Assert.Equal(await CanonicalAsync(visitor), await CanonicalAsync(caller));

        await AnswerAsync(visitor, measurement: false, at: Now.AddDays(1));
        Assert.NotEqual(await CanonicalAsync(visitor), await CanonicalAsync(caller));
        await using var db = await one.Host.OpenDatabaseAsync();
        Assert.Equal([false, true], await db.Set<PersonAlias>().Where(alias => alias.PersonId == visitor || alias.PersonId == caller).OrderBy(alias => alias.OccurredAt).Select(alias => alias.Parted).ToListAsync());
    }

    [Fact]
    public async Task Visitor_OfACountryThatDoesNotAskFirst_IsJoinedUnasked()
    {
        var visitor = await SeeAsync(visitor: "v-1");
        var caller = await SeeAsync(visitor: "v-1", email: "ann@example.com", country: "US");
        Assert.Equal(await CanonicalAsync(visitor), await CanonicalAsync(caller));
    }

    [Fact]
    public async Task SecondDevice_IsJoinedOnlyByAnAnswerOfItsOwnOrOneGivenByName()
    {
        var (first, second) = (await SeeAsync(visitor: "v-1"), await SeeAsync(visitor: "v-2"));
        await SeeAsync(visitor: "v-1", email: "ann@example.com");
        var ann = await SeeAsync(visitor: "v-2", email: "ann@example.com");
        await AnswerAsync(first, measurement: true);
        Assert.Equal(await CanonicalAsync(first), await CanonicalAsync(ann));
        Assert.NotEqual(await CanonicalAsync(second), await CanonicalAsync(ann));

        await AnswerAsync(ann, measurement: true, at: Now.AddDays(1));
        Assert.Equal(await CanonicalAsync(second), await CanonicalAsync(ann));
    }

    [Fact]
    public async Task PhoneOfOneCountry_IsTheSameHoweverItIsWritten() =>
        Assert.Equal(await CanonicalAsync(await SeeAsync(phone: "06 12 34 56 78")), await CanonicalAsync(await SeeAsync(phone: "+33612345678")));

    [Fact]
    public async Task Phone_OfTwoWithEmailsOfTheirOwn_IsAQuestionAndJoinsNobody()
    {
        var (ann, bob) = (await SeeAsync(email: "ann@example.com", phone: "0187654321"), await SeeAsync(email: "bob@example.com", phone: "0187654321"));
        var caller = await SeeAsync(phone: "0187654321");
        Assert.Equal(3, new[] { await CanonicalAsync(ann), await CanonicalAsync(bob), await CanonicalAsync(caller) }.Distinct().Count());
        Assert.Equal(KeyStanding.Contested, (await KeyAsync(caller, IdentityKeyKind.Phone)).Standing);
    }

    [Fact]
    public async Task Phone_OfTwoBrowsers_JoinsWhereTheNameIsTheSameAndNotOtherwise()
    {
        var (ann, desk) = (await SeeAsync(visitor: "v-1", phone: "0187654320", firstName: "Anne-Laure"), await SeeAsync(visitor: "v-2", phone: "0187654320", firstName: "anne laure"));
        Assert.Equal(await CanonicalAsync(ann), await CanonicalAsync(desk));
        var (son, nobody) = (await SeeAsync(visitor: "v-3", phone: "0187654329", firstName: "Tom"), await SeeAsync(visitor: "v-4", phone: "0187654329"));
        Assert.NotEqual(await CanonicalAsync(son), await CanonicalAsync(nobody));
    }

    [Fact]
    public async Task Click_JoinsASessionWithinSevenDaysAndNotLater()
    {
        var clicked = await SeeAsync(visitor: "v-1", gclid: "G-1", country: "US");
        Assert.Equal(clicked, await CanonicalAsync(await SeeAsync(gclid: "G-1", at: Now.AddDays(6))));
        Assert.NotEqual(clicked, await CanonicalAsync(await SeeAsync(gclid: "G-1", at: Now.AddDays(8))));
    }

    [Fact]
    public async Task Click_ThatAStrongerKeyContradicts_JoinsNobody()
    {
        var ann = await SeeAsync(email: "ann@example.com", gclid: "G-1", country: "US");
        var bob = await SeeAsync(email: "bob@example.com", gclid: "G-1", country: "US");
        Assert.NotEqual(await CanonicalAsync(ann), await CanonicalAsync(bob));
    }

    [Fact]
    public async Task KeySeenWithMoreThanThreeRefs_IsSharedAndJoinsNobodyAnyMore()
    {
        var seen = new List<Guid>();
        for (var index = 1; index <= 4; index++)
            seen.Add(await SeeAsync(reference: $"R-{index}", email: "info@example.com"));
        await using var db = await one.Host.OpenDatabaseAsync();
        Assert.Equal(KeyStanding.Shared, (await KeyAsync(seen[0], IdentityKeyKind.Email)).Standing);
        Assert.Equal(4, await db.Set<Person>().Where(person => seen.Contains(person.Id)).Select(person => person.CanonicalId).Distinct().CountAsync());
    }

    [Fact]
    public async Task Merge_KeepsItsHistory()
    {
        var visitor = await SeeAsync(visitor: "v-1");
        await AnswerAsync(visitor, measurement: true);
        var ann = await SeeAsync(email: "ann@example.com");
        await SeeAsync(visitor: "v-1", email: "ann@example.com");

        await using var db = await one.Host.OpenDatabaseAsync();
        var alias = await db.Set<PersonAlias>().SingleAsync(alias => alias.PersonId == ann);
        Assert.Equal((IdentityKeyKind.Visitor, visitor, false), (alias.By!.Value, alias.CanonicalId, alias.Parted));
    }

    [Fact]
    public async Task Contact_IsTheNewestWordOfEachField_WhateverCameFirst()
    {
        var late = await SeeAsync(email: "ann@example.com", firstName: "Anne", at: Now.AddHours(2));
        await SeeAsync(email: "ann@example.com", firstName: "Ann", phone: "0611111111", at: Now.AddHours(1));

        await using var db = await one.Host.OpenDatabaseAsync();
        var contact = await one.Host.Services.GetRequiredService<IdentityGraph>().ContactAsync(await db.Set<Person>().SingleAsync(person => person.Id == late), CancellationToken.None);
        Assert.Equal("Anne", contact!.FirstName);
        Assert.NotNull(contact.Phone);
    }

    [Fact]
    public async Task BrowserThatRefuses_IsParted_AndSpeaksForItsPersonAllTheSame()
    {
        var visitor = await SeeAsync(visitor: "v-1");
        var caller = await SeeAsync(visitor: "v-1", email: "ann@example.com");
        await AnswerAsync(caller, measurement: true);
        Assert.True(await MeasurementAsync(caller));

        await AnswerAsync(visitor, measurement: false, at: Now.AddDays(1));
        Assert.NotEqual(await CanonicalAsync(visitor), await CanonicalAsync(caller));
        Assert.False(await MeasurementAsync(caller));
        await using var db = await one.Host.OpenDatabaseAsync();
        Assert.False((await ConsentState.OfAsync(db, caller, CancellationToken.None)).MeasurementAsked);
        Assert.Contains(caller, await ConsentState.HeardByAsync(db, visitor, CancellationToken.None));
    }

    [Fact]
    public async Task BrowserJoinedByHand_WaitsForItsConsent()
    {
        var (visitor, caller) = (await SeeAsync(visitor: "v-1"), await SeeAsync(email: "ann@example.com"));
        await using (var db = await one.Host.OpenDatabaseAsync())
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            db.Add(new SamePerson { Id = Guid.CreateVersion7(), PersonId = visitor, OtherId = caller, LinkedBy = "user:test", LinkedAt = Now });
            await db.SaveChangesAsync();
            await one.Host.Services.GetRequiredService<IdentityGraph>().RegroupAsync(db, [visitor, caller], Now, "user:test", CancellationToken.None);
            await transaction.CommitAsync();
        }

        Assert.NotEqual(await CanonicalAsync(visitor), await CanonicalAsync(caller));
        await AnswerAsync(visitor, measurement: true);
        Assert.Equal(await CanonicalAsync(visitor), await CanonicalAsync(caller));
    }

    private async Task<bool?> MeasurementAsync(Guid id)
    {
        var canonical = await CanonicalAsync(id);
        await using var db = await one.Host.OpenDatabaseAsync();
        return await db.Set<Person>().Where(person => person.Id == canonical).Select(person => person.Measurement).SingleAsync();
    }

    private async Task<Guid> SeeAsync(string? reference = null, string? email = null, string? phone = null, string? visitor = null, string? gclid = null, string? country = null, string? firstName = null, DateTimeOffset? at = null)
    {
        await using var db = await one.Host.OpenDatabaseAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var contact = reference ?? email ?? phone ?? country;
        var who = await one.Host.Services.GetRequiredService<IdentityGraph>().ResolveAsync(db, new(at ?? Now)
        {
            Contact = contact is null ? null : new() { Ref = Own(reference), Email = email is null ? null : $"{own}.{email.Trim().ToLowerInvariant()}", Phone = phone, Country = country, FirstName = firstName },
            VisitorId = Own(visitor),
            ClickIds = gclid is null ? null : new() { Gclid = Own(gclid) },
        }, CancellationToken.None);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return who.Person.Id;
    }

    private async Task AnswerAsync(Guid person, bool measurement, DateTimeOffset? at = null)
    {
        await using var db = await one.Host.OpenDatabaseAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        db.Add(new ConsentRecord { Id = Guid.CreateVersion7(), PersonId = person, OccurredAt = at ?? Now, RecordedAt = Now, Measurement = measurement, TextVersion = "1" });
        await db.SaveChangesAsync();
        await one.Host.Services.GetRequiredService<IdentityGraph>().RegroupAsync(db, [person], at ?? Now, null, CancellationToken.None);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    private string? Own(string? key) => key is null ? null : $"{own}.{key}";

    private async Task<IdentityKey> KeyAsync(Guid person, IdentityKeyKind kind)
    {
        await using var db = await one.Host.OpenDatabaseAsync();
        return await db.Set<PersonKey>().Where(seen => seen.PersonId == person).Join(db.Set<IdentityKey>(), seen => seen.KeyId, key => key.Id, (_, key) => key).SingleAsync(key => key.Kind == kind);
    }

    private async Task<Guid> CanonicalAsync(Guid id)
    {
        await using var db = await one.Host.OpenDatabaseAsync();
        return await db.Set<Person>().Where(person => person.Id == id).Select(person => person.CanonicalId).SingleAsync();
    }

    public sealed class OneHost : IAsyncDisposable
    {
        public RevOpsHost Host { get; } = new();

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}
