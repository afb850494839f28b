using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Catalogue;
using RevOps.Core.Data;
using RevOps.Core.Ingestion;
using RevOps.Core.Ingestion.Prices;
using RevOps.Core.Pricing.Advising;
using RevOps.Core.Pricing.Settings;

namespace RevOps.Web.Demo;

/// <summary>The demo's workshops: Finance sets how they are priced and answers advice, and the booking site sells at the prices that it is told over HTTP.</summary>
public sealed class DemoPrices(KeepCatalogue catalogue, PricingDesk desk, DemoWorld world, DemoFinance finance, IDbContextFactory<RevOpsDb> databases)
{
    private const int RefusedEvery = 9;
    private const string Refused = "Salon professionnel ce jour-là : le prix reste";
    private const int UndoneOnDay = 62;

    /// <summary>The service, its price and its settings, once; a run that was broken off finds them.</summary>
    public async Task OpenAsync(DateOnly firstDay, CancellationToken cancel)
    {
        var by = await finance.ApproverAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await FindAsync(db, cancel) is null)
        {
            var id = Guid.CreateVersion7();
            await catalogue.SaveAsync(id, null, new() { Code = Workshops.Code, Name = Workshops.Name, Rate = "20" }, by, cancel);
            await catalogue.AddPriceAsync(id, null, new() { Amount = CatalogueRules.Text(Workshops.Price), Currency = "EUR", From = firstDay.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) }, by, cancel);
        }

        if (await FindAsync(db, cancel) is { } service && !await db.Set<PricingSetting>().AnyAsync(setting => setting.ServiceId == service, cancel))
            await desk.SetAsync(service, 0, new() { Floor = "150", Ceiling = "280", Bounds = "lead 0..1; 165; 280", Step = "5", MostDailyChange = "8", ApprovalAbove = "3", AcceptsByRule = true, Fares = $"{Workshops.FullFare}; Plein tarif; 190\n{Workshops.MemberFare}; Adhérents de la chambre; 165" }, by, cancel);
    }

    /// <summary>What happened, as the booking site sends it: whoever wishes for a workshop that has places and is worth its price to them books it too.</summary>
    public async Task<IReadOnlyList<ToldEvent>> SellAsync(IReadOnlyList<ToldEvent> happened, CancellationToken cancel)
    {
        if (!happened.Any(told => told.Wish is not null))
            return happened;
        var service = (await world.PricesAsync(Workshops.Code, cancel))["services"]![0]!;
        var slots = service["slots"]!.AsArray().ToDictionary(slot => (DateTimeOffset)slot!["start"]!, slot => OfferOf(slot!));
        var sold = new List<ToldEvent>();
        var known = await KnownAsync([.. happened.Select(told => told.Id)], cancel);
        foreach (var told in happened)
        {
            // Told before a run was broken off: it was sold then, or not.
            if (told.Wish is not { } wish || known.Contains(told.Id) || !slots.TryGetValue(wish.Start, out var slot))
            {
                sold.Add(told);
                continue;
            }

            var asMember = wish.IsMember && slot.MemberPrice < slot.Price && slot.Left - wish.Places >= slot.Kept;
            var price = asMember ? slot.MemberPrice!.Value : slot.Price;
            if (wish.Worth * (double)Workshops.Price < (double)price)
            {
                sold.Add(told);
            }
            else if (slot.Left < wish.Places)
            {
                sold.AddRange([told, told with { Id = $"{told.Id}-full", Type = "availability", Data = Workshops.Availability(wish.Start, wish.Places), Wish = null }]);
            }
            else
            {
                sold.Add(told with { Data = Workshops.With(told.Data, wish, price, asMember) });
                slots[wish.Start] = slot with { Left = slot.Left - wish.Places };
            }
        }

        return sold;
    }

    /// <summary>Finance answers what waits: yes to most of it, now and then no, and once a price is taken back.</summary>
    public async Task AnswerAsync(int day, CancellationToken cancel)
    {
        var by = await finance.ApproverAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var waiting = await db.Set<SlotAdvice>().Where(advice => advice.IsNewest && advice.State == AdviceState.Awaiting).OrderBy(advice => advice.SlotStart).Select(advice => new ShownAdvice(advice.Id, advice.AdvisedMinor)).ToListAsync(cancel);
        var refused = waiting.Where((_, at) => (at + day) % RefusedEvery == 0).ToList();
        if (refused.Count > 0)
            await desk.DecideAsync(refused, false, Refused, by, cancel);
        if (waiting.Except(refused).ToList() is { Count: > 0 } accepted)
            await desk.DecideAsync(accepted, true, null, by, cancel);
        if (day == UndoneOnDay && await db.Set<SlotAdvice>().Where(advice => advice.IsNewest && advice.State == AdviceState.Accepted).OrderByDescending(advice => advice.SlotStart).Select(advice => (Guid?)advice.Id).FirstOrDefaultAsync(cancel) is { } last)
            await desk.UndoAsync(last, by, cancel);
    }

    private async Task<HashSet<string>> KnownAsync(List<string> ids, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return [.. await db.Set<ReceivedEvent>().Where(row => row.Source == ToldEvent.Source && ids.Contains(row.EventId)).Select(row => row.EventId).ToListAsync(cancel)];
    }

    private static Task<Guid?> FindAsync(RevOpsDb db, CancellationToken cancel) => db.Set<Service>().Where(service => service.Code == Workshops.Code).Select(service => (Guid?)service.Id).SingleOrDefaultAsync(cancel);

    private static SlotOffer OfferOf(JsonNode slot)
    {
        var member = slot["fares"]!.AsArray().FirstOrDefault(fare => (string?)fare!["code"] == Workshops.MemberFare);
        return new((decimal)slot["unitAmount"]!, (int?)slot["placesLeft"] ?? 0, (decimal?)member?["unitAmount"], (int?)member?["placesKept"] ?? 0);
    }

    private sealed record SlotOffer(decimal Price, int Left, decimal? MemberPrice, int Kept);
}
