using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.People;
using RevOps.Tests.Testing;

namespace RevOps.Tests.People;

public sealed class IdentityGraphTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 9, 0, 0, TimeSpan.Zero);
    private readonly RevOpsHost host = new();

    [Fact]
    public async Task Visitor_ThatGivesAnEmail_IsThePersonOfThatEmail()
    {
        var visitor = await SeeAsync(visitor: "v-1");
        var caller = await SeeAsync(email: "Ann@Example.com ");
        Assert.NotEqual(await CanonicalAsync(visitor), await CanonicalAsync(caller));

        await SeeAsync(visitor: "v-1", email: "ann@example.com");
        Assert.Equal(await CanonicalAsync(visitor), await CanonicalAsync(caller));
    }

    [Fact]
    public async Task PhoneOfOneCountry_IsTheSameHoweverItIsWritten() =>
        Assert.Equal(await CanonicalAsync(await SeeAsync(phone: "06 12 34 56 78")), await CanonicalAsync(await SeeAsync(phone: "+33612345678")));

    [Fact]
    public async Task Click_JoinsASessionWithinSevenDaysAndNotLater()
    {
        var clicked = await SeeAsync(visitor: "v-1", gclid: "G-1");
        Assert.Equal(clicked, await CanonicalAsync(await SeeAsync(gclid: "G-1", at: Now.AddDays(6))));
        Assert.NotEqual(clicked, await CanonicalAsync(await SeeAsync(gclid: "G-1", at: Now.AddDays(8))));
    }

    [Fact]
    public async Task Click_ThatAStrongerKeyContradicts_JoinsNobody()
    {
        var ann = await SeeAsync(email: "ann@example.com", gclid: "G-1");
        var bob = await SeeAsync(email: "bob@example.com", gclid: "G-1");
        Assert.NotEqual(await CanonicalAsync(ann), await CanonicalAsync(bob));
    }

    [Fact]
    public async Task KeySeenWithMoreThanThreeRefs_IsSharedAndJoinsNobodyAnyMore()
    {
        for (var index = 1; index <= 4; index++)
            await SeeAsync(reference: $"R-{index}", phone: "+33100000000");
        var switchboard = await CanonicalAsync(await SeeAsync(reference: "R-1"));
        Assert.NotEqual(switchboard, await CanonicalAsync(await SeeAsync(reference: "R-9", phone: "+33100000000")));

        await using var db = await host.OpenDatabaseAsync();
        Assert.True((await db.Set<IdentityKey>().SingleAsync(key => key.Kind == IdentityKeyKind.Phone)).Shared);
    }

    [Fact]
    public async Task Merge_KeepsItsHistory()
    {
        await SeeAsync(visitor: "v-1");
        await SeeAsync(email: "ann@example.com");
        await SeeAsync(visitor: "v-1", email: "ann@example.com");

        await using var db = await host.OpenDatabaseAsync();
        Assert.Equal(IdentityKeyKind.Visitor, (await db.Set<PersonAlias>().SingleAsync()).By);
        Assert.Equal(2, await db.Set<Person>().CountAsync());
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private async Task<Guid> SeeAsync(string? reference = null, string? email = null, string? phone = null, string? visitor = null, string? gclid = null, DateTimeOffset? at = null)
    {
        await using var db = await host.OpenDatabaseAsync();
        var contact = reference ?? email ?? phone;
        var who = await host.Services.GetRequiredService<IdentityGraph>().ResolveAsync(db, new(at ?? Now)
        {
            Contact = contact is null ? null : new() { Ref = reference, Email = email, Phone = phone },
            VisitorId = visitor,
            ClickIds = gclid is null ? null : new() { Gclid = gclid },
        }, CancellationToken.None);
        await db.SaveChangesAsync();
        return who.Person.Id;
    }

    private async Task<Guid> CanonicalAsync(Guid id)
    {
        await using var db = await host.OpenDatabaseAsync();
        return await db.Set<Person>().Where(person => person.Id == id).Select(person => person.CanonicalId).SingleAsync();
    }
}
