using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Attribution;
using RevOps.Core.Ingestion;
using RevOps.Core.People;
using RevOps.Core.Platform.Secrets;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Ingestion;

/// <summary>Touches that piled up are joined in large portions, with short cuts that few touches do without: what comes of them must be the same.</summary>
public sealed class JoinTouchesTests
{
    private const int Touches = 4_500;
    private const int Visitors = 400;
    private static readonly DateTimeOffset Start = new(2026, 5, 4, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task TouchesThatPiledUp_AreJoinedAsThoseThatCameInFews()
    {
        await using var piledUp = new RevOpsHost();
        await using var inFews = new RevOpsHost();
        var events = Draw(new Random(7));
        await SendAsync(piledUp, events);
        await piledUp.DrainAsync();
        foreach (var few in events.Chunk(900))
        {
            await SendAsync(inFews, few);
            await inFews.DrainAsync();
        }

        Assert.Equal(await ReadAsync(inFews), await ReadAsync(piledUp));
        await using var db = await piledUp.OpenDatabaseAsync();
        Assert.Equal(Touches, await db.Set<Touch>().CountAsync());
        Assert.False(await db.Set<LaterSights>().AnyAsync());
    }

    [Fact]
    public async Task SightThatAStoppedJoinerLeft_IsWrittenByTheNext()
    {
        await using var host = new RevOpsHost();
        await SendAsync(host, Draw(new Random(7)).Take(500).ToList());
        await host.DrainAsync();
        await using var db = await host.OpenDatabaseAsync();
        var (person, later) = (await db.Set<Person>().AsNoTracking().FirstAsync(row => row.CanonicalId != row.Id), Start.AddYears(1).AddHours(-1));
        db.AddRange(LaterSights.Of(new Dictionary<Guid, DateTimeOffset> { [person.Id] = later }), LaterSights.Of(new Dictionary<Guid, DateTimeOffset> { [person.Id] = later.AddDays(-1) }));
        await db.SaveChangesAsync();

        await SendAsync(host, [Event(9_999, new JsonObject { ["visitorId"] = "somebody else" }, Start)]);
        await host.DrainAsync();
        Assert.Equal(later, (await db.Set<Person>().AsNoTracking().SingleAsync(row => row.Id == person.Id)).OwnSeenAt);
        Assert.Equal(later, (await db.Set<Person>().AsNoTracking().SingleAsync(row => row.Id == person.CanonicalId)).LastSeenAt);
        Assert.False(await db.Set<LaterSights>().AnyAsync());
    }

    [Fact]
    public async Task EmptyHost_OfATouchWithoutAReferrer_StaysEmpty()
    {
        await using var host = new RevOpsHost();
        await SendAsync(host, [Event(1, new JsonObject { ["visitorId"] = "v-1", ["campaign"] = "é à 4 €" }, Start)]);
        await host.DrainAsync();
        await using var db = await host.OpenDatabaseAsync();
        var touch = await db.Set<Touch>().SingleAsync();
        Assert.Equal(("", "é à 4 €"), (touch.ReferrerHost, touch.Campaign));
    }

    /// <summary>Not in the order of their times; one in eight says who it is, some clicks come again on another browser.</summary>
    private static List<JsonElement> Draw(Random random) => [.. Enumerable.Range(0, Touches).Select(number =>
    {
        var (visitor, data) = (random.Next(Visitors), new JsonObject());
        data["visitorId"] = $"v-{visitor}";
        if (random.Next(3) == 0)
            data["clickIds"] = new JsonObject { ["gclid"] = random.Next(5) == 0 ? $"again-{random.Next(50)}" : $"g-{number}" };
        if (random.Next(8) == 0)
            data["contact"] = new JsonObject { ["email"] = $"e{visitor / 2}@example.com", ["country"] = "US" };
        return Event(number, data, Start.AddMinutes(number + random.Next(2_000)));
    })];

    private static JsonElement Event(int number, JsonObject data, DateTimeOffset at) =>
        JsonSerializer.SerializeToElement(new { specversion = "1.0", id = $"t-{number}", source = "site", type = TouchReceived.Type, time = at.ToString("O", System.Globalization.CultureInfo.InvariantCulture), data });

    private static async Task SendAsync(RevOpsHost host, IReadOnlyList<JsonElement> events)
    {
        foreach (var batch in events.Chunk(500))
            Assert.All(await host.Services.GetRequiredService<EventReceiver>().ReceiveAsync(batch, dryRun: false, CancellationToken.None), result => Assert.Equal("accepted", result.Status));
    }

    /// <summary>Per visitor: who is one person with them, how many touches lie there, and when they and their group were seen last.</summary>
    private static async Task<List<string>> ReadAsync(RevOpsHost host)
    {
        await using var db = await host.OpenDatabaseAsync();
        var vault = host.Services.GetRequiredService<Vault>();
        var names = Enumerable.Range(0, Visitors).ToDictionary(number => Convert.ToHexString(vault.LookupHash(nameof(IdentityKeyKind.Visitor), $"v-{number}")), number => $"v-{number}");
        var visitors = (await db.Set<IdentityKey>().Where(key => key.Kind == IdentityKeyKind.Visitor).ToListAsync()).Where(key => names.ContainsKey(Convert.ToHexString(key.Hash))).ToDictionary(key => key.PersonId, key => names[Convert.ToHexString(key.Hash)]);
        var people = await db.Set<Person>().AsNoTracking().ToDictionaryAsync(person => person.Id);
        var touches = (await db.Set<Touch>().Select(touch => touch.PersonId).ToListAsync()).CountBy(id => id).ToDictionary();
        var groups = visitors.ToLookup(visitor => people[visitor.Key].CanonicalId, visitor => visitor.Value);
        return [.. visitors.Select(visitor => people[visitor.Key]).Select(person => string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"{visitors[person.Id]} {touches.GetValueOrDefault(person.Id)} {person.OwnSeenAt:O} {people[person.CanonicalId].LastSeenAt:O} {string.Join(' ', groups[person.CanonicalId].Order(StringComparer.Ordinal))}")).Order(StringComparer.Ordinal)];
    }
}
